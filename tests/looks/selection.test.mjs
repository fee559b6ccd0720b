// Every page of the call, the reviews and the programme in the making, as people see it.
import { limitFile } from '../lib/test.mjs';
import { lookAt } from './look.mjs';

limitFile(600);
await lookAt(['call', 'review', 'programme']);

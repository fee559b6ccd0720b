// Every page of the call, the reviews, the programme in the making and the wishes, as people see it.
import { limitFile } from '../lib/test.mjs';
import { lookAt } from './look.mjs';

limitFile(600);
await lookAt(['call', 'review', 'programme', 'wishes']);

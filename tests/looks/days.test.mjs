// Every page of the days themselves and afterwards, as people see it.
import { limitFile } from '../lib/test.mjs';
import { lookAt } from './look.mjs';

limitFile(600);
await lookAt(['live', 'over']);

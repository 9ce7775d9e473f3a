import { databaseTechnologies } from '../../main/adapters/databases/index.ts';
import { describeDatabase } from './database.ts';

for (const technology of databaseTechnologies) describeDatabase(technology);

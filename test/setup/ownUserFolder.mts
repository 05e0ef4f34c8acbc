import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

// n8n-core writes its settings into the user's home unless it is told another folder.
const folder = mkdtempSync(join(tmpdir(), 'uphance-test-'));
process.env.N8N_USER_FOLDER = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

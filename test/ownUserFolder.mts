import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its settings into the user's home unless it is told another folder.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'uphance-test-'));

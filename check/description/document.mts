import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** docs/uphance.openapi.yaml. In tests jest.config.mjs puts the YAML itself in place of this module: parsed once for all. */
const document: unknown = parse(readFileSync(new URL('../../docs/uphance.openapi.yaml', import.meta.url), 'utf8'));

export default document;

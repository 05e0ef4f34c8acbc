import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parse } from 'yaml';

// Prints what is wrong with the description; run on its own because this validator is no CommonJS, which jest wants.
const [file = ''] = process.argv.slice(2);
const validator = new Validator();
const { valid, errors } = await validator.validate(parse(readFileSync(file, 'utf8')));
console.log(valid ? `OpenAPI ${validator.version}` : JSON.stringify(errors, null, '\t'));

import { readFileSync } from 'node:fs';

const all = JSON.parse(readFileSync(new URL('jest.config.json', import.meta.url), 'utf8'));

/** Tests of functions alone, without n8n-core and HTTP: each runs in milliseconds, so that every mutant can have them. */
const fast = [
	'auth/session',
	'client/(retry|retryDelay)',
	'lists/(changedMeanwhile|everyChange|findOrder|lineItemRows|pages|readByAge|values)',
	'orders/lineItems',
	'organisation/organisationLock',
	'parameters/(body|booleans|dates|numbers|parse|rows)',
	'polling/(storedState|versions)',
	'webhook/(dedupe|firstSeen|parseEvent)',
];

export default { ...all, testMatch: undefined, testRegex: fast.map((file) => `/test/${file}\\.test\\.mts$`) };

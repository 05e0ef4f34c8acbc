import all from './jest.config.mjs';

/** Tests of functions alone, without n8n-core and HTTP: each runs in milliseconds, so that every mutant can have them. */
const fast = [
	'auth/(errors|oauth|rejection|session|sessionCache)',
	'client/(errorMessages|failure|failureText|itemSubject|judgeWrite|retry|retryDelay|retryGuard|serverMessage|unwrapRecords)',
	'lists/(changedMeanwhile|createdRange|everyChange|findOrder|lineItemRows|outputParameters|pages|readByAge|values)',
	'lookups/locator',
	'orders/(lineItems|orderHints|sameRecords)',
	'organisation/(acquireOrganisation|findForeignOrganisation|organisationLock)',
	'parameters/(body|cells|columnNames|dates|fields|filters|numbers|parse|recordFilters|rows|text)',
	'pickTickets/tracking',
	'polling/(findChanged|findNew|readAfter|startOfWatching|storedState|versions)',
	'skus/skuReferences',
	'stock/(idempotencyKey|quantities)',
	'webhook/(checkSecret|dedupe|filterRecord|parseEvent|unconfirmed)',
];

export default { ...all, testMatch: undefined, testRegex: fast.map((file) => `/test/${file}\\.test\\.mts$`) };

import all from './jest.config.mjs';

/** Files that take more than about two seconds each; some of each feature's files are left. */
const slow = [
	'auth/(signIn|revokeTokens)',
	'check/\\w+',
	'client/(cancelledWhileWriting|exactlyOnce|failedItems|faultMatrix|outage|requestCounts|retries|transfer|wholeRun)',
	'contract/account',
	'editor/listSearch',
	'lists/(changingLists|createdBetween|ignoredFilters|includeFields|itemPer|listOrder|oddPages|outputSchemas|paging)',
	'lists/(read\\w+|shifting)',
	'lookups/(customerLocators|findCustomer|getById|getOrder|knownCustomers)',
	'orders/(createOrderBadInput|createOrderFailures|createOrderOnce)',
	'organisation/(concurrentOrganisations|restoreOrganisation|setCurrent)',
	'package/published',
	'parameters/hostileValues',
	'payments/createPayment',
	'pickTickets/changePickTicket',
	'polling/(changedRecords|emptyAnswer|listOrder|newRecords|onlyWhenStatus|pollState|timeBudget|unnoticedChanges)',
	'skus/(knownSkus|skusOfRows)',
	'stock/stockOperation',
	'uphance/(brand|resources|standIn|webhooks)',
	'webhook/webhookVerify',
].map((file) => `/${file}[^/]*\\.test\\.mts$`);

/** A file that is named runs, slow or not: `npm run test:fast -- --watch paging`. */
const withValue = ['-c', '--config', '-t', '--testNamePattern', '--outputFile'];
const namesFile = process.argv
	.slice(2)
	.some((word, index, words) => !word.startsWith('-') && !withValue.includes(words[index - 1]));

export default { ...all, testPathIgnorePatterns: ['/node_modules/', ...(namesFile ? [] : slow)] };

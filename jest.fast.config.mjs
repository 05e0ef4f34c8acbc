import all from './jest.config.mjs';

/** Files that take more than about two seconds each; some of each feature's files are left. */
const slow = [
	'auth/(signIn|revokeTokens)',
	'check/(check|command|signOut|unforeseen)',
	'client/(cancelledWhileWriting|exactlyOnce|faultMatrix|retries|wholeRun)',
	'contract/account',
	'editor/listSearch',
	'lists/(createdBetween|includeFields|itemPer|paging|read\\w+)',
	'lookups/(customerLocators|findCustomer|getById)',
	'orders/(createOrderBadInput|createOrderOnce)',
	'organisation/(concurrentOrganisations|restoreOrganisation)',
	'package/published',
	'parameters/hostileValues',
	'payments/createPayment',
	'pickTickets/changePickTicket',
	'polling/(changedRecords|newRecords|pollState)',
	'skus/skusOfRows',
	'stock/stockOperation',
	'uphance/(resources|webhooks)',
	'webhook/webhookVerify',
].map((file) => `/${file}[^/]*\\.test\\.mts$`);

/** A file that is named runs, slow or not: `npm run test:fast -- --watch paging`. */
const withValue = ['-c', '--config', '-t', '--testNamePattern', '--outputFile'];
const namesFile = process.argv
	.slice(2)
	.some((word, index, words) => !word.startsWith('-') && !withValue.includes(words[index - 1]));

export default { ...all, testPathIgnorePatterns: ['/node_modules/', ...(namesFile ? [] : slow)] };

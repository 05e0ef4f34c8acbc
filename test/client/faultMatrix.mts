import type { Fault } from '../../sandbox/uphance/faults.mts';

/** What an operation's request does at Uphance, which decides whether it is retried (docs/design.md: What may be repeated). */
export type Doing = 'reads' | 'changes' | 'registers' | 'counts once' | 'creates';

/** One row of the matrix: what goes wrong, and what has to come of it. */
export interface Row {
	name: string;
	fault: Omit<Fault, 'path' | 'method'>;
	/** By what the request does. @param name of the operation, as in `words` */
	expected(doing: Doing, name: string): Expected;
}

export interface Expected {
	outcome: 'succeeds' | 'fails' | 'fails, may exist';
	/** How often the operation's own request is sent. */
	requests: number;
	/** The whole message of the error, with the words of the operation; `{moment}` is any date with a time. */
	says?: string;
}

interface Words {
	/** What Uphance is asked to do. */
	action: string;
	/** What is created. */
	noun?: string;
	/** What is said where Uphance answers 404. It is asked twice then: somebody may have switched the organisation. */
	missing?: string;
}

/** The words of each operation in its messages, for the parameters of everyOperation.mts. */
export const words: Record<string, Words> = {
	'accessToken.revoke': { action: 'revoke access tokens' },
	'channel.getAll': { action: 'list channels' },
	'creditNote.getAll': { action: 'list credit notes' },
	'creditNote.get': { action: 'get credit note 2004079', missing: 'No credit note has the ID 2004079' },
	'customer.getAll': { action: 'list customers' },
	'customer.get': { action: 'get customer 9498', missing: 'No customer has the ID 9498' },
	'invoice.getAll': { action: 'list invoices' },
	'invoice.get': { action: 'list invoices' },
	'organisation.getAll': { action: 'list organisations' },
	'organisation.setCurrent': { action: 'switch to organisation Uphance Demo (9579)' },
	'payment.create': { action: 'create the payment', noun: 'the payment' },
	'payment.getAll': { action: 'list payments' },
	'payment.get': { action: 'get payment 6000079', missing: 'No payment has the ID 6000079' },
	'pickTicket.getAll': { action: 'list pick tickets' },
	'pickTicket.get': { action: 'get pick ticket 3000079', missing: 'No pick ticket has the ID 3000079' },
	'pickTicket.getBoxes': {
		action: 'list boxes of pick ticket 3000079',
		missing: 'Uphance has pick ticket 3000079, but did not find its boxes',
	},
	'pickTicket.ship': {
		action: 'mark pick ticket 3000079 as shipped',
		missing: 'No pick ticket has the ID 3000079',
	},
	'pickTicket.update': {
		action: 'update pick ticket 3000079',
		missing: 'No pick ticket has the ID 3000079',
	},
	'product.getAll': { action: 'list products' },
	'product.get': { action: 'get product 6409', missing: 'No product has the ID 6409' },
	'productionOrder.getAll': { action: 'list production orders' },
	'receivingTicket.getAll': { action: 'list receiving tickets' },
	'receivingTicket.get': { action: 'get receiving ticket 4000079', missing: 'No receiving ticket has the ID 4000079' },
	'return.getAll': { action: 'list returns' },
	'return.get': { action: 'get return 5004079', missing: 'No return has the ID 5004079' },
	'order.create': { action: 'create the sales order', noun: 'the sales order' },
	'order.getAll': { action: 'list sales orders' },
	'order.get': { action: 'get sales order 9005', missing: 'No sales order has the ID 9005' },
	'season.getAll': { action: 'list seasons' },
	'sku.getAll': { action: 'list SKUs' },
	'sku.get': { action: 'list SKUs' },
	'stockOperation.create': { action: 'create the stock operation', noun: 'the stock operation' },
	'vendorInvoice.getAll': { action: 'list vendor invoices' },
};

const forEver = 1000;
const fails = (says: string, requests = 1): Expected => ({ outcome: 'fails', requests, says });
const succeeds = (requests: number): Expected => ({ outcome: 'succeeds', requests });
/** Nobody knows whether it exists. @param answered what Uphance did, in the words of the message */
const mayExist = (answered: string, requests = 1): Expected => ({
	outcome: 'fails, may exist',
	requests,
	says: `Uphance ${answered}, so {noun} may have been created`,
});

const creates = (doing: Doing): boolean => doing === 'creates' || doing === 'counts once';

/** Uphance did not process it, so anything may be sent again. */
const unprocessed = () => succeeds(2);
/** Whether it was processed is unclear, so only what may be sent twice is sent again. */
const unclear =
	(says: string, answered: string) =>
	(doing: Doing): Expected =>
		doing === 'creates' ? mayExist(answered) : doing === 'changes' ? fails(says) : succeeds(2);
/** The same for ever: what may be sent again is sent five times. */
const tired =
	(says: string, answered: string, saysOfChange = says) =>
	(doing: Doing): Expected => {
		if (creates(doing)) return mayExist(answered, doing === 'creates' ? 1 : 5);
		return doing === 'changes' ? fails(saysOfChange) : fails(says, 5);
	};
const status = (code: number) =>
	[`Uphance could not {action} (status ${code})`, `answered with status ${code}`] as const;
const unreachable = ['Could not reach Uphance ({action})', 'did not answer'] as const;
const late = ['Uphance did not answer in time ({action})', 'did not answer'] as const;
const incomplete = "Uphance's answer was not complete when asked to {action}";
const unexpected = 'Uphance gave an unexpected answer when asked to {action}';
const unreadable = 'gave an unreadable answer';

const switched = (what: string): Expected => fails(`Uphance did not switch to organisation 9579: it ${what}`);

/** Uphance processed it and said no. @param reason in Uphance's words */
const refused =
	(reason = '') =>
	(doing: Doing): Expected =>
		fails(creates(doing) ? `Uphance refused {noun}${reason}` : `Uphance refused to {action}${reason}`);
const forbidden = (doing: Doing): Expected =>
	doing === 'registers' ? refused()(doing) : fails('Uphance does not allow this user to {action}');
/** @param reason in Uphance's words, which are left out where one record was asked for */
const missing =
	(reason = '') =>
	(doing: Doing, name: string): Expected => {
		if (words[name]?.missing) return fails('{missing}', 2);
		return doing === 'registers'
			? refused(reason)(doing)
			: fails(`Uphance found nothing when asked to {action}${reason}`);
	};
/** Status 200, but Uphance says that nothing was done. A read holds no record then, whatever it says. */
const refusedWith200 =
	(reason: string, answered: string) =>
	(doing: Doing): Expected =>
		doing === 'reads' ? fails(unexpected) : doing === 'registers' ? switched(answered) : refused(reason)(doing);
/** Status 200, but neither a record nor a word of success nor an empty body: nobody knows whether anything was done. */
const unreadable200 =
	(answered = 'gave an unexpected answer') =>
	(doing: Doing): Expected =>
		creates(doing) ? mayExist(unreadable) : doing === 'registers' ? switched(answered) : fails(unexpected);
/** Status 200 without a body: a change is done, but there is no record to read or to pass on. */
const empty = (doing: Doing): Expected =>
	doing === 'creates' ? mayExist(unreadable) : doing === 'reads' ? fails(incomplete, 5) : succeeds(1);
/** Whether it was processed is unclear, and sending it again is no remedy. */
const lasting =
	(code: number) =>
	(doing: Doing): Expected => {
		const [says, answered] = status(code);
		return creates(doing) ? mayExist(answered) : fails(says);
	};

const fieldErrors = { errors: { season_name: ['is not known'], quantity: ['must be positive'] } };
const fieldReasons = 'season_name is not known; quantity must be positive';
const page = '<html><body><h1>Not here</h1></body></html>';

/** Every fault of Uphance's API and of bad networks, with what has to come of it. */
export const matrix: Row[] = [
	{ name: '401 once', fault: { kind: 'status', status: 401 }, expected: unprocessed },
	{
		name: '401 for ever',
		fault: { kind: 'status', status: 401, times: forEver },
		expected: () => fails('Uphance does not accept the session, although the sign-in worked', 2),
	},
	{
		name: '403',
		fault: { kind: 'status', status: 403, times: forEver },
		expected: forbidden,
	},
	{
		name: '404 empty',
		fault: { kind: 'status', status: 404, times: forEver },
		expected: missing(),
	},
	{
		name: '404 HTML',
		fault: { kind: 'html', status: 404, times: forEver },
		expected: missing(),
	},
	{
		name: '404 JSON',
		fault: { kind: 'status', status: 404, body: { error: 'Not found' }, times: forEver },
		expected: missing(': Not found'),
	},
	{
		name: '422 with field errors',
		fault: { kind: 'status', status: 422, body: fieldErrors, times: forEver },
		expected: refused(`: ${fieldReasons}`),
	},
	{ name: '429', fault: { kind: 'status', status: 429 }, expected: unprocessed },
	{ name: '429, 1 second', fault: { kind: 'status', status: 429, retryAfter: '1' }, expected: unprocessed },
	{
		name: '429, a date',
		fault: { kind: 'status', status: 429, retryAfter: new Date(Date.now() - 60_000).toUTCString() },
		expected: unprocessed,
	},
	{
		name: '429, 2 hours',
		fault: { kind: 'status', status: 429, retryAfter: '7200' },
		expected: () => fails('Uphance asked to wait 2 hours, until {moment} UTC'),
	},
	{ name: '429, absurd', fault: { kind: 'status', status: 429, retryAfter: '-5 parsecs' }, expected: unprocessed },
	{
		name: '429 for ever',
		fault: { kind: 'status', status: 429, times: forEver },
		expected: () => fails('Uphance rate limit reached', 5),
	},
	{ name: '408', fault: { kind: 'status', status: 408 }, expected: unclear(...status(408)) },
	{ name: '500', fault: { kind: 'status', status: 500 }, expected: unclear(...status(500)) },
	{
		name: '500, 2 MB of HTML',
		fault: { kind: 'status', status: 500, body: page.repeat(46_000) },
		expected: unclear(...status(500)),
	},
	{
		name: '500 for ever',
		fault: { kind: 'status', status: 500, times: forEver },
		expected: tired(...status(500)),
	},
	{ name: '501', fault: { kind: 'status', status: 501, times: forEver }, expected: lasting(501) },
	{ name: '502', fault: { kind: 'html', status: 502 }, expected: unclear(...status(502)) },
	{ name: '503', fault: { kind: 'status', status: 503 }, expected: unclear(...status(503)) },
	{ name: '504', fault: { kind: 'status', status: 504 }, expected: unclear(...status(504)) },
	{ name: '520', fault: { kind: 'html', status: 520 }, expected: unclear(...status(520)) },
	{ name: '529', fault: { kind: 'status', status: 529 }, expected: unclear(...status(529)) },
	{
		name: '503 for ever',
		fault: { kind: 'status', status: 503, times: forEver },
		expected: tired(...status(503)),
	},
	{ name: 'no connection after the request', fault: { kind: 'dropAfter' }, expected: unclear(...unreachable) },
	{ name: 'no connection before the answer', fault: { kind: 'drop' }, expected: unclear(...unreachable) },
	{ name: 'never answered', fault: { kind: 'hang' }, expected: unclear(...late) },
	{ name: 'slow', fault: { kind: 'slow', milliseconds: 100 }, expected: () => succeeds(1) },
	{
		name: 'redirect elsewhere',
		fault: { kind: 'redirect', times: forEver },
		expected: (doing) =>
			creates(doing)
				? mayExist('sent the request to another address (example.com)')
				: fails('Uphance sent the request to another address (example.com) when asked to {action}'),
	},
	{ name: '200, empty', fault: { kind: 'empty', times: forEver }, expected: empty },
	{ name: '200, JSON broken off', fault: { kind: 'malformed' }, expected: unclear(unexpected, unreadable) },
	{
		name: '200, JSON broken off for ever',
		fault: { kind: 'malformed', times: forEver },
		expected: tired(incomplete, unreadable, unexpected),
	},
	{
		name: '200, compressed and broken off',
		fault: { kind: 'brokenGzip' },
		expected: unclear(unexpected, unreadable),
	},
	{ name: '200, the connection broken off', fault: { kind: 'brokenOff' }, expected: unclear(incomplete, unreadable) },
	{
		name: '200, wrong envelope',
		fault: { kind: 'json', body: { unexpected: [{ id: 1 }] }, times: forEver },
		expected: unreadable200(),
	},
	{
		name: '200, 2 MB of HTML',
		fault: { kind: 'json', body: page.repeat(46_000), times: forEver },
		expected: unreadable200('answered with a web page'),
	},
	{ name: '200, null', fault: { kind: 'json', body: null, times: forEver }, expected: unreadable200() },
	{
		name: '200 with an error',
		fault: { kind: 'json', body: { error: 'It is on hold' }, times: forEver },
		expected: refusedWith200(': It is on hold', "answered 'It is on hold'"),
	},
	{
		name: '200 with field errors',
		fault: { kind: 'json', body: fieldErrors, times: forEver },
		expected: refusedWith200(`: ${fieldReasons}`, `answered '${fieldReasons}'`),
	},
	{
		name: '200, success: false',
		fault: { kind: 'json', body: { success: false }, times: forEver },
		expected: refusedWith200('', 'gave an unexpected answer'),
	},
	{
		name: '200, status: failed',
		fault: { kind: 'json', body: { Status: 'Failed' }, times: forEver },
		expected: refusedWith200(': Status Failed', "answered 'Failed'"),
	},
];

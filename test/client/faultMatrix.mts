import type { Fault } from '../../sandbox/uphance/faults.mts';

/** What an operation's request does at Uphance, which decides whether it is retried (docs/design.md, "What may be repeated"). */
export type Doing = 'reads' | 'changes' | 'registers' | 'counts once' | 'creates';

/** One row of the matrix: what goes wrong, and what has to come of it. */
export interface Row {
	name: string;
	fault: Omit<Fault, 'path' | 'method'>;
	/** By what the request does: whether the run succeeds, and how often the request may be sent at most. */
	expected(doing: Doing): Expected;
}

export interface Expected {
	outcome: 'succeeds' | 'fails' | 'fails, may exist';
	requests: number;
}

const forEver = 1000;
const fails = (requests = 1): Expected => ({ outcome: 'fails', requests });
const succeeds = (requests: number): Expected => ({ outcome: 'succeeds', requests });
const unknown: Expected = { outcome: 'fails, may exist', requests: 1 };

/** Uphance did not process it, so anything may be sent again. */
const unprocessed = () => succeeds(2);
/** Nobody knows whether it was processed, so only what may be sent twice is sent again. */
const unclear = (doing: Doing): Expected =>
	doing === 'creates' ? unknown : doing === 'changes' ? fails() : succeeds(2);
const mayExist = (doing: Doing): boolean => doing === 'creates' || doing === 'counts once';
/** Uphance processed it and said no. */
const refused = () => fails();
/** Found nothing: it is asked once more, in case somebody switched the organisation elsewhere. */
const missing = (doing: Doing) => fails(mayExist(doing) ? 1 : 2);
/** Whether it was processed is unclear, and sending it again is no remedy. */
const broken = (doing: Doing): Expected => (mayExist(doing) ? unknown : fails());
/** Status 200 without a body: a change is done, but there is no record to read or to pass on. */
const empty = (doing: Doing): Expected => (doing === 'creates' ? unknown : doing === 'reads' ? fails(5) : succeeds(1));
/** Status 200, but neither a record nor a word of success nor an empty body: nobody knows whether anything was done. */
const unreadable = (doing: Doing): Expected => (doing === 'reads' ? fails(2) : mayExist(doing) ? unknown : fails());
/** Status 200, but Uphance says that nothing was done. */
const refusedWith200 = (doing: Doing): Expected => (doing === 'reads' ? fails(2) : fails());
const tired = (doing: Doing): Expected => {
	if (unclear(doing).outcome !== 'succeeds') return unclear(doing);
	return mayExist(doing) ? { ...unknown, requests: 5 } : fails(5);
};

const fieldErrors = { errors: { season_name: ['is not known'], quantity: ['must be positive'] } };
const page = '<html><body><h1>Not here</h1></body></html>';

/** Every fault of Uphance's API and of bad networks, with the outcome that docs/faults.md shows. */
export const matrix: Row[] = [
	{ name: '401 once', fault: { kind: 'status', status: 401 }, expected: unprocessed },
	{ name: '401 for ever', fault: { kind: 'status', status: 401, times: forEver }, expected: () => fails(2) },
	{ name: '403', fault: { kind: 'status', status: 403, times: forEver }, expected: refused },
	{ name: '404 empty', fault: { kind: 'status', status: 404, times: forEver }, expected: missing },
	{ name: '404 HTML', fault: { kind: 'html', status: 404, times: forEver }, expected: missing },
	{
		name: '404 JSON',
		fault: { kind: 'status', status: 404, body: { error: 'Not found' }, times: forEver },
		expected: missing,
	},
	{
		name: '422 with field errors',
		fault: { kind: 'status', status: 422, body: fieldErrors, times: forEver },
		expected: refused,
	},
	{ name: '429', fault: { kind: 'status', status: 429 }, expected: unprocessed },
	{ name: '429, 1 second', fault: { kind: 'status', status: 429, retryAfter: '1' }, expected: unprocessed },
	{
		name: '429, a date',
		fault: { kind: 'status', status: 429, retryAfter: new Date(Date.now() - 60_000).toUTCString() },
		expected: unprocessed,
	},
	{ name: '429, 2 hours', fault: { kind: 'status', status: 429, retryAfter: '7200' }, expected: refused },
	{ name: '429, absurd', fault: { kind: 'status', status: 429, retryAfter: '-5 parsecs' }, expected: unprocessed },
	{ name: '429 for ever', fault: { kind: 'status', status: 429, times: forEver }, expected: () => fails(5) },
	{ name: '408', fault: { kind: 'status', status: 408 }, expected: unclear },
	{ name: '500', fault: { kind: 'status', status: 500 }, expected: unclear },
	{ name: '500, 10 MB of HTML', fault: { kind: 'status', status: 500, body: page.repeat(230_000) }, expected: unclear },
	{ name: '500 for ever', fault: { kind: 'status', status: 500, times: forEver }, expected: tired },
	{ name: '501', fault: { kind: 'status', status: 501, times: forEver }, expected: broken },
	{ name: '502', fault: { kind: 'html', status: 502 }, expected: unclear },
	{ name: '503', fault: { kind: 'status', status: 503 }, expected: unclear },
	{ name: '504', fault: { kind: 'status', status: 504 }, expected: unclear },
	{ name: '520', fault: { kind: 'html', status: 520 }, expected: unclear },
	{ name: '529', fault: { kind: 'status', status: 529 }, expected: unclear },
	{ name: '503 for ever', fault: { kind: 'status', status: 503, times: forEver }, expected: tired },
	{ name: 'no connection after the request', fault: { kind: 'dropAfter' }, expected: unclear },
	{ name: 'no connection before the answer', fault: { kind: 'drop' }, expected: unclear },
	{ name: 'never answered', fault: { kind: 'hang' }, expected: unclear },
	{ name: 'slow', fault: { kind: 'slow', milliseconds: 100 }, expected: () => succeeds(1) },
	{ name: 'redirect elsewhere', fault: { kind: 'redirect', times: forEver }, expected: refused },
	{ name: '200, empty', fault: { kind: 'empty', times: forEver }, expected: empty },
	{ name: '200, JSON broken off', fault: { kind: 'malformed' }, expected: unclear },
	{ name: '200, JSON broken off for ever', fault: { kind: 'malformed', times: forEver }, expected: tired },
	{ name: '200, compressed and broken off', fault: { kind: 'brokenGzip' }, expected: unclear },
	{ name: '200, the connection broken off', fault: { kind: 'brokenOff' }, expected: unclear },
	{
		name: '200, wrong envelope',
		fault: { kind: 'json', body: { unexpected: [{ id: 1 }] }, times: forEver },
		expected: unreadable,
	},
	{
		name: '200, 10 MB of HTML',
		fault: { kind: 'json', body: page.repeat(230_000), times: forEver },
		expected: unreadable,
	},
	{ name: '200, null', fault: { kind: 'json', body: null, times: forEver }, expected: unreadable },
	{
		name: '200 with an error',
		fault: { kind: 'json', body: { error: 'It is on hold' }, times: forEver },
		expected: refusedWith200,
	},
	{
		name: '200 with field errors',
		fault: { kind: 'json', body: fieldErrors, times: forEver },
		expected: refusedWith200,
	},
	{
		name: '200, success: false',
		fault: { kind: 'json', body: { success: false }, times: forEver },
		expected: refusedWith200,
	},
	{
		name: '200, status: failed',
		fault: { kind: 'json', body: { Status: 'Failed' }, times: forEver },
		expected: refusedWith200,
	},
];

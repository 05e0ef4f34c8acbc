import { describe, expect, test } from '@jest/globals';
import { isErrnoCode, parseRequestError, parseRetryAfter } from '../../nodes/Uphance/http/failure.ts';

const now = Date.UTC(2026, 10, 2, 9);

describe('A failure', () => {
	test('is read from what Axios threw', () => {
		const response = { status: 429, headers: { 'retry-after': '7', location: '/x' }, data: { error: 'slow' } };
		expect(parseRequestError({ cause: { response, code: 'ERR_BAD_REQUEST' } })).toEqual({
			status: 429,
			body: { error: 'slow' },
			retryAfter: '7',
			location: '/x',
			code: 'ERR_BAD_REQUEST',
		});
	});

	test('is read from the error of Axios itself', () => {
		const response = { status: 503, headers: {}, data: 'Bad Gateway' };
		expect(parseRequestError({ response, code: 'ERR_BAD_RESPONSE' })).toEqual({
			status: 503,
			body: 'Bad Gateway',
			code: 'ERR_BAD_RESPONSE',
		});
	});

	test.each([
		[
			'a status and a body',
			{ httpCode: '422', context: { data: { error: 'No' } } },
			{ status: 422, body: { error: 'No' } },
		],
		['a code', { httpCode: 'ECONNREFUSED', message: 'The service refused the connection' }, { code: 'ECONNREFUSED' }],
		['its words alone', { httpCode: null, message: 'Domain not allowed' }, { code: 'Domain not allowed' }],
	])('is read from an error of an older n8n, which has no cause, with %s', (_, error, failure) => {
		expect(parseRequestError(error)).toEqual(failure);
	});

	test.each([
		[
			'the answer',
			{ httpCode: '500', cause: { response: { status: 429, data: 'a' } }, context: { data: 'b' } },
			{ status: 429, body: 'a' },
		],
		[
			'the code of the connection',
			{ httpCode: 'OTHER', cause: { code: 'ECONNRESET', message: 'hung up' } },
			{ code: 'ECONNRESET' },
		],
	])('is read from %s first', (_, error, failure) => {
		expect(parseRequestError(error)).toEqual(failure);
	});

	test('with a status takes no sentence for its code', () => {
		expect(parseRequestError({ cause: { response: { status: 500 }, message: 'Request failed' } })).toEqual({
			status: 500,
		});
	});

	test('that n8n refused to send is told in its words', () => {
		expect(parseRequestError({ cause: new Error('Domain not allowed') })).toMatchObject({ code: 'Domain not allowed' });
	});

	test.each([[undefined], [null], ['text'], [{}]])('of any other kind (%p) names nothing', (thrown) => {
		expect(Object.values(parseRequestError(thrown)).filter((value) => value !== undefined)).toEqual([]);
	});
});

test.each([
	['7', 7000],
	[' 7 ', 7000],
	['0', 0],
	['99999999', 99_999_999_000],
	['Mon, 02 Nov 2026 09:00:30 GMT', 30_000],
	['Mon, 02 Nov 2026 08:00:00 GMT', 0],
	['Tue, 03 Nov 2026 09:00:00 GMT', 86_400_000],
	['02 Nov 2026 09:00:30 GMT', 30_000],
	['Mon, 02 Nov 2026 10:00:30 +0100', 30_000],
	['2026-11-02T09:00:30Z', 30_000],
	['2026-11-02T10:00:30+01:00', 30_000],
	['soon', undefined],
	['', undefined],
	['-5', undefined],
	['1.5', undefined],
	[undefined, undefined],
])('Retry-After %j asks for %j milliseconds', (retryAfter, milliseconds) => {
	expect(parseRetryAfter({ retryAfter }, now)).toBe(milliseconds);
});

test.each([undefined, 'ECONNRESET', 'ERR_BAD_RESPONSE', 'Z_BUF_ERROR', 'E2BIG'])(
	'takes %j for a code of Node.js',
	(code) => expect(isErrnoCode(code)).toBe(true),
);

test.each([
	'Domain not allowed',
	'The request was blocked because it resolves to 10.0.0.7',
	'ENOTFOUND: no such host',
	'',
])('takes %j for a sentence', (text) => expect(isErrnoCode(text)).toBe(false));

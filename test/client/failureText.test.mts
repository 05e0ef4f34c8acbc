import { describe, expect, test } from '@jest/globals';
import type { RequestFailure } from '../../nodes/Uphance/http/failure.ts';
import { textForFailure } from '../../nodes/Uphance/http/failureText.ts';
import { durations } from '../durations.mts';

const now = Date.UTC(2026, 10, 2, 9);
const request = {
	action: 'list sales orders',
	organisation: 'Uphance Demo (9579)',
	attempts: 1,
	elapsedMs: 0,
	apiUrl: 'https://api.uphance.com',
	maxRetryAfterMs: 300_000,
};
const page = '<html>Blocked</html>';
const textOf = (failure: RequestFailure, more: Partial<typeof request> = {}) =>
	textForFailure(failure, { ...request, ...more }, now);

describe('A message says what happened, and its description what to do,', () => {
	test.each<[string, RequestFailure, string, string]>([
		['200', { status: 200 }, 'answer was not complete', 'a proxy between n8n and Uphance may cut answers off'],
		['299', { status: 299 }, 'answer was not complete', 'a proxy between n8n and Uphance may cut answers off'],
		['300', { status: 300 }, 'sent the request to another address when asked', "Check 'API URL'"],
		['399', { status: 399 }, 'sent the request to another address when asked', "Check 'API URL'"],
		[
			'a redirect',
			{ status: 302, location: 'https://evil.example/x' },
			'another address (evil.example) when',
			"'API URL'",
		],
		['a redirect to a path', { status: 302, location: '/x' }, 'another address when', "'API URL'"],
		['400', { status: 400, body: { error: 'No' } }, 'refused to list sales orders: No', 'Correct the values'],
		['401', { status: 401, body: { error: 'No' } }, 'does not accept the session', 'may have no right to list'],
		[
			'403',
			{ status: 403, body: { error: 'No' } },
			'does not allow this user to list sales orders: No',
			'administrator',
		],
		['404', { status: 404, body: { error: 'No' } }, 'found nothing when asked to list sales orders: No', 'Looked in'],
		['405', { status: 405 }, 'could not list sales orders (status 405)', 'Try again later.'],
		[
			'407',
			{ status: 407 },
			'proxy between n8n and Uphance wants a user name and password of its own (list',
			'HTTPS_PROXY',
		],
		['408', { status: 408 }, 'could not list sales orders (status 408)', 'Try again later.'],
		['422', { status: 422, body: { error: 'No' } }, 'refused to list sales orders: No', 'Correct the values'],
		['499', { status: 499 }, 'could not list sales orders (status 499)', 'Try again later.'],
		['500', { status: 500 }, 'could not list sales orders (status 500)', 'the cause is on the side of Uphance'],
		['503', { status: 503, body: 'Busy' }, '(status 503): Busy', 'the cause is on the side of Uphance'],
		['an unknown status', { status: 100 }, 'could not list sales orders (status 100)', 'Try again later.'],
		['an unsent request', { code: 'Domain not allowed' }, 'n8n did not send the request', 'Domain not allowed'],
		['ECONNRESET', { code: 'ECONNRESET' }, 'Could not reach Uphance', 'the connection ended with ECONNRESET'],
		['ECONNABORTED', { code: 'ECONNABORTED' }, 'did not answer in time', 'ended with ECONNABORTED'],
		['ETIMEDOUT', { code: 'ETIMEDOUT' }, 'did not answer in time', 'ended with ETIMEDOUT'],
		['no code', {}, 'Could not reach Uphance', "'API URL' in the credential (https://api.uphance.com)."],
		[
			'an empty code',
			{ code: '' },
			'Could not reach Uphance',
			"'API URL' in the credential (https://api.uphance.com).",
		],
		['CERT_HAS_EXPIRED', { code: 'CERT_HAS_EXPIRED' }, 'Could not connect to Uphance securely', 'certificate'],
	])('after %s', (_, failure, happened, advice) => {
		const { message, description } = textOf(failure);
		expect(message).toContain(happened);
		expect(description).toContain(advice);
	});

	test.each([400, 401, 403, 405, 406, 410, 451])('after a web page with status %i', (status) => {
		expect(textOf({ status, body: page }).message).toBe(
			`Uphance answered with a web page when asked to list sales orders (status ${status})`,
		);
	});

	test.each([404, 422, 500, 503])('after status %i, with which Ruby on Rails has web pages of its own', (status) => {
		const { message, description } = textOf({ status, body: page });
		expect(message + description).not.toMatch(/web page|Blocked/);
	});

	test('blames Uphance only for statuses from 500', () => {
		expect(textOf({ status: 499 }).description).toBe('Try again later.');
		expect(textOf({ status: 408 }).description).toBe('Try again later.');
	});
});

describe('The organisation', () => {
	test.each([401, 403, 404])('is named after status %i', (status) => {
		expect(textOf({ status }).description).toContain('in organisation Uphance Demo (9579)');
		const { description } = textOf({ status }, { organisation: '' });
		expect(description).not.toMatch(/organisation/);
	});
});

describe('A rate limit', () => {
	const wait = (retryAfter?: string) => textOf({ status: 429, retryAfter }).message;

	test.each([undefined, 'soon', '0', '299', '300'])('is told of when Retry-After says %j', (retryAfter) => {
		expect(wait(retryAfter)).toBe('Uphance rate limit reached');
	});

	test('names its end when nobody waits so long', () => {
		expect(wait('301')).toBe('Uphance asked to wait 5 minutes, until 2026-11-02 09:05 UTC');
		expect(wait('7200')).toBe('Uphance asked to wait 2 hours, until 2026-11-02 11:00 UTC');
	});
});

describe('What was tried', () => {
	test.each(durations)('is told with its %i milliseconds as %s', (elapsedMs, duration) => {
		for (const failure of [{ status: 503 }, { status: 429 }, { status: 200 }, { code: 'ECONNRESET' }]) {
			expect(textOf(failure, { attempts: 2, elapsedMs }).description).toContain(`Tried 2 times in ${duration}. `);
		}
	});

	test('is not told when it was tried once', () => {
		for (const failure of [{ status: 503 }, { status: 429 }, { status: 200 }, { code: 'ECONNRESET' }]) {
			expect(textOf(failure).description).not.toContain('Tried');
		}
	});
});

import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { checkSecret } from '../../nodes/Uphance/triggers/webhook/secret.ts';

/**
 * What a call of a URL with this query comes to.
 *
 * @param typed the options as the node has them, before its expressions
 */
function check(query: string, options: IDataObject, typed: { options: unknown } = { options }): string | undefined {
	const context = {
		getNode: () => ({ parameters: typed }),
		getRequestObject: () => ({ url: `/webhook/uphance${query}` }),
	} as unknown as IWebhookFunctions;
	return checkSecret(context, options);
}

const isRight = (secret: string, query: string): boolean => check(query, { secret }) === undefined;

describe('A node without a secret accepts every call', () => {
	test.each([undefined, null, 'text', [], {}, { secret: undefined }, { secret: '' }])('with options %j', (options) => {
		expect(check('', {}, { options })).toBeUndefined();
		expect(check('?secret=x', { secret: 'y' }, { options })).toBeUndefined();
	});
});

describe('A secret that an expression leaves empty refuses every call', () => {
	test.each([undefined, null, '', '  ', {}, ['x'], true])('%j', (secret) => {
		for (const query of ['', '?secret=', '?secret=%20', '?secret=null', '?secret=true', '?secret=x']) {
			expect(check(query, { secret: secret as IDataObject[string] }, { options: { secret: '={{ $json.x }}' } })).toBe(
				"'Secret' is empty. Correct it, or remove the option",
			);
		}
	});
});

describe('A secret is right', () => {
	test.each([
		['correct-horse', '?secret=correct-horse'],
		['correct-horse', '?from=uphance&secret=correct-horse'],
		['correct-horse', '?secret=correct-horse&from=uphance'],
		['correct-horse', '?x_secret=no&secret=correct-horse'],
		['correct-horse', '?secret=correct%2Dhorse'],
		[' correct-horse\n', '?secret=correct-horse'],
		[' correct-horse ', '?secret=%20correct-horse%20'],
		[' a%26b ', '?secret=a&b'],
		[' 50%25off ', '?secret=50%2525off'],
		['a b', '?secret=a+b'],
		['a b', '?secret=a%20b'],
		['a+b/c', '?secret=a+b/c&from=uphance'],
		['a+b', '?secret=a%2Bb'],
		['a&b', '?secret=a&b'],
		['a&b', '?secret=a%26b&from=uphance'],
		['a%26b', '?secret=a%26b'],
		['a%26b', '?secret=a&b'],
		['a?b=c', '?secret=a?b=c'],
		['50%off', '?secret=50%off'],
		['50%off', '?secret=50%25off'],
		['100%', '?secret=100%'],
		['pass+w0rd !', '?secret=pass%2Bw0rd+!'],
		['grün', '?secret=gr%C3%BCn'],
		['gru\u0308n', '?secret=gr%C3%BCn'],
		['日本', '?secret=%E6%97%A5%E6%9C%AC'],
		['日本', '?secret=%e6%97%a5%e6%9c%ac'],
		['😀', '?secret=%F0%9F%98%80'],
		['%FF', '?secret=%FF'],
		['%E4%A', '?secret=%E4%A'],
		['a%C3%28b', '?secret=a%C3%28b'],
		['%C0%80', '?secret=%C0%80'], // looks encoded, and is none
	])('when %j is called with %s', (secret, query) => expect(isRight(secret, query)).toBe(true));

	test('when it is a number', () => expect(check('?secret=7', { secret: 7 })).toBeUndefined());
});

describe('A secret is wrong', () => {
	test.each([
		['correct-horse', '?secret=correct-hors'],
		['correct-horse', '?secret=correct-horsee'],
		['correct-horse', '?secret=Correct-horse'],
		['correct-horse', '?secret=correct-horse%20'],
		['correct-horse', '?secret='],
		['a+b', '?secret=b'],
		['a&b', '?secret=a'],
		['a b', '?secret=a%2520b'],
		['ab', '?secret=a&b'],
		['x', '?secret=%78%78'],
		['x%C0%80', '?secret=x%C1%81'],
	])('when %j is called with %s', (secret, query) => {
		expect(check(query, { secret })).toBe('the secret in the URL is wrong');
	});

	test.each([
		'',
		'?',
		'?Secret=x',
		'?x_secret=x',
		'?secret[]=x',
		'?secret=x&secret=x',
		'?secret=x&from=uphance&secret=y',
		'?secret',
		'x&secret=x',
		'/secret=x',
		'??secret=x',
	])('as missing when x is called with %j', (query) => {
		expect(check(query, { secret: 'x' })).toBe('the secret in the URL is missing');
	});

	test('with a hint when it has a #, which ends a URL', () => {
		expect(check('?secret=a', { secret: 'a#b' })).toBe('the secret in the URL is wrong. Write # as %23 in the URL');
		expect(check('', { secret: 'a#b' })).toBe('the secret in the URL is missing. Write # as %23 in the URL');
		expect(isRight('a#b', '?secret=a%23b')).toBe(true);
	});
});

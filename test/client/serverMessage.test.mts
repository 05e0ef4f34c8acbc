import { describe, expect, test } from '@jest/globals';
import { isWebPage, redact, serverMessage } from '../../nodes/Uphance/http/serverMessage.ts';

describe('What Uphance itself says', () => {
	test.each([
		['nothing', undefined, ''],
		['null', null, ''],
		['an empty text', '', ''],
		['white space', ' \n', ''],
		['plain text', ' Season is not known \n', 'Season is not known'],
		['a page for people', '<html><body><h1>Bad Gateway</h1></body></html>', ''],
		['a page behind a blank line', '\n<!DOCTYPE html><html lang="en">', ''],
		['XML', '<?xml version="1.0"?><error>No</error>', ''],
		['a part of a page', 'Blocked<br>Call us', ''],
		['text with a sign', 'quantity must be < 5', 'quantity must be < 5'],
		['JSON as text with a tag in it', '{"error":"Not <b>bold</b>"}', 'Not <b>bold</b>'],
		['an error', { error: 'Season is not known' }, 'Season is not known'],
		['an error with a message', { error: { message: 'Season is not known' } }, 'Season is not known'],
		[
			'a list of errors',
			{ errors: ['Season is not known', 'Price is missing'] },
			'Season is not known; Price is missing',
		],
		[
			'errors by field',
			{ errors: { season: ['is not known'], price: ['is missing', 'is blank'] } },
			'season is not known; price is missing; price is blank',
		],
		['errors by field, as text', { errors: { season: 'is not known' } }, 'season is not known'],
		['errors that name the field themselves', { errors: { season: ['season is odd'] } }, 'season is odd'],
		['a message', { message: 'Season is not known' }, 'Season is not known'],
		['a message with an empty error', { error: '', message: 'Season is not known' }, 'Season is not known'],
		['what Doorkeeper says', { error: 'invalid_grant', error_description: 'No.' }, 'invalid_grant; No.'],
		['JSON as text', '{"error":"Season is not known"}', 'Season is not known'],
		['JSON text as text', '"Season is not known"', 'Season is not known'],
		['an error with white space', { error: ' No \n', message: ' ' }, 'No'],
		['an empty list', { errors: [] }, ''],
		['JSON that breaks off', '{"error":"Season', ''],
		['JSON that breaks off, further in', ' \n[{"error":"Season', ''],
		['a text with a list in it', 'Season [SS27] is not known', 'Season [SS27] is not known'],
		['a text with a list right in it', 'Seasons[0] is not known', 'Seasons[0] is not known'],
		['a field without words', { errors: { season: null, price: 7, notes: 'No' } }, 'notes No'],
		['the same twice', { error: 'No', message: 'No' }, 'No'],
	])('%s', (_, body, words) => {
		expect(serverMessage(body)).toBe(words);
	});

	test('is cut when it is longer than 300 characters', () => {
		expect(serverMessage('x'.repeat(300))).toBe('x'.repeat(300));
		expect(serverMessage('price '.repeat(51))).toBe(`${'price '.repeat(49).trim()}…`);
	});

	test('has no part of a word that is longer', () => {
		expect(serverMessage('x'.repeat(301))).toBe('…');
	});

	test('is cut at the end of a word', () => {
		expect(serverMessage(`${'season '.repeat(42)}${'price'.repeat(10)}`)).toBe(`${'season '.repeat(42).trim()}…`);
	});
});

describe('isWebPage returns', () => {
	test.each(['<html>', '\n <!DOCTYPE html>', '<?xml version="1.0"?>', '</p>', 'Blocked<BR>Call us'])(
		'true for %j',
		(body) => expect(isWebPage(body)).toBe(true),
	);

	test.each(['', 'less than < 5', '{"error":"<b>No</b>', '["<b>No</b>', '"<b>No</b>"', undefined, ['<b>No</b>']])(
		'false for %j',
		(body) => expect(isWebPage(body)).toBe(false),
	);
});

test('replaces every secret wherever it stands, and none that is empty', () => {
	expect(redact('abc: s3cret, t0ken, s3cret', ['s3cret', undefined, '', 't0ken'])).toBe('abc: ***, ***, ***');
	expect(redact('a.c abc', ['a.c'])).toBe('*** abc');
});

test('replaces a secret also as JSON writes it, as in a request that is repeated in a text', () => {
	const password = 'a"b\\c';
	const request = JSON.stringify({ email: 'ann@example.com', password });
	const said = serverMessage(`unexpected token at '${request}'`);
	expect(redact(said, [password])).toBe(`unexpected token at '{"email":"ann@example.com","password":"***"}'`);
});

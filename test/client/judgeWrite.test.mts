import { describe, expect, test } from '@jest/globals';
import { judgeWrite } from '../../nodes/Uphance/transport/response.ts';

const pickTicket = { singularKey: 'pick_ticket', listKey: 'pick_tickets' };
const judge = (body: unknown) => judgeWrite(body, pickTicket);

const ticket = { id: 3000079, status: 'published', shipment_number: 40000 };

describe('judgeWrite returns the record', () => {
	test.each([
		['under the singular key', { pick_ticket: ticket }],
		['under the plural key', { pick_tickets: ticket }],
		['under the plural key, in a list', { pick_tickets: [ticket] }],
		['bare', ticket],
		['beside empty errors', { pick_ticket: ticket, errors: [] }],
		['beside errors without messages', { pick_ticket: ticket, errors: { carrier: [] }, error: null }],
		['beside an error that is false', { pick_ticket: ticket, error: false }],
		['beside success: true', { success: true, pick_ticket: ticket }],
		['beside a word of success', { Status: 'Updated', pick_ticket: ticket }],
	])('when it comes %s', (_, body) => {
		expect(judge(body)).toEqual({ kind: 'record', record: ticket });
	});

	test.each(['error', 'failed', 'on hold', 'cancelled', 'draft'])('when its own status is %j', (status) => {
		expect(judge({ ...ticket, status })).toEqual({ kind: 'record', record: { ...ticket, status } });
	});
});

describe('judgeWrite returns done', () => {
	test.each([
		['Updated', { Status: 'Updated' }],
		['Created', { Status: 'Created' }],
		['OK', { Status: 'OK' }],
		['ok', { status: 'ok' }],
		['success', { status: ' success ' }],
		['Shipped', { Status: 'Shipped' }],
		['', { success: true }],
	])('with the word %j when Uphance says %j', (word, body) => {
		expect(judge(body)).toEqual({ kind: 'done', word });
	});

	test.each([
		['an empty body', ''],
		['white space, which old Rails sends for an empty body', ' \n'],
		['an empty object, which Doorkeeper sends for a revocation', {}],
		['no body at all', undefined],
	])('when the answer is %s', (_, body) => {
		expect(judge(body)).toEqual({ kind: 'done', word: '' });
	});
});

describe('judgeWrite returns rejected, in the words of Uphance,', () => {
	test.each<[string, unknown]>([
		['Pick ticket is on hold', { error: 'Pick ticket is on hold' }],
		['Pick ticket is on hold', { error: { message: 'Pick ticket is on hold' } }],
		['is on hold; has no stock', { errors: ['is on hold', 'has no stock'] }],
		['carrier is not known', { errors: { carrier: ['is not known'] } }],
		['Error is on hold', { Error: 'is on hold' }],
		['', { success: false }],
		['is on hold', { success: false, message: 'is on hold' }],
		['success false', { success: 'false' }],
		['Status Failed', { Status: 'Failed' }],
		['is on hold', { status: 'error', message: 'is on hold' }],
		['', { error: true }],
	])('%j when it answers %j', (words, body) => {
		expect(judge(body)).toEqual({ kind: 'rejected', words });
	});

	test.each<[string, unknown]>([
		['beside it', { pick_ticket: ticket, error: 'is on hold' }],
		['in it', { pick_ticket: { ...ticket, errors: { status: ['is on hold'] } } }],
		['in it, bare', { ...ticket, errors: ['is on hold'] }],
		['in a list', { pick_tickets: [{ ...ticket, error: 'is on hold' }] }],
		['as success: false', { pick_ticket: ticket, success: false, message: 'is on hold' }],
	])('when the record comes with an error %s', (_, body) => {
		expect(judge(body)).toEqual({ kind: 'rejected', words: expect.stringContaining('is on hold') });
	});

	test('when the record comes with a word that is no success', () => {
		expect(judge({ Status: 'Failed', pick_ticket: ticket })).toEqual({ kind: 'rejected', words: 'Status Failed' });
	});
});

describe('judgeWrite returns unreadable', () => {
	test.each<[string, unknown, string]>([
		['a web page', '<html><body><h1>Sign in</h1></body></html>', ''],
		['JSON that breaks off', '{"pick_ticket": {"id": 30000', ''],
		['a list that breaks off', '[{"id": 30000', ''],
		['a text', 'Come back tomorrow', 'Come back tomorrow'],
		['null, which Rails sends for a record that it did not find', null, ''],
		['a number', 1, ''],
		['true', true, ''],
		['an empty list', [], ''],
		['a list of several records, of which nobody knows which it is', { pick_tickets: [ticket, { id: 7 }] }, ''],
		['a list of texts', ['is on hold'], 'is on hold'],
		['a message', { message: 'is on hold' }, 'is on hold'],
		['the record of another resource', { sales_order: { id: 9005, notes: 'gift' } }, ''],
		['a list of unknown meaning', { revoked: ['2a87f3'] }, ''],
		['a list after errors', { errors_of: ['2a87f3'] }, ''],
		['a list of other errors', { row_errors: ['2a87f3'] }, ''],
		['a record without an ID', { pick_ticket: { id: null, status: 'published' } }, ''],
		['an empty record', { pick_ticket: null }, ''],
		['a text that contains a word of success', { Status: 'Not Updated' }, 'Status Not Updated'],
		['a word that leaves open what happened', { Status: 'Queued' }, 'Status Queued'],
		['a record without an ID, bare', { status: 'published' }, 'status published'],
		['a number as status', { status: 200 }, ''],
	])('when the answer is %s', (_, body, words) => {
		expect(judge(body)).toEqual({ kind: 'unreadable', words });
	});
});

describe('judgeWrite without a record type', () => {
	test('takes no object for a record', () => {
		expect(judgeWrite({ id: 1 })).toMatchObject({ kind: 'unreadable' });
	});

	test.each([
		[{ Status: 'Updated' }, { kind: 'done', word: 'Updated' }],
		['', { kind: 'done', word: '' }],
		[{ error: 'no' }, { kind: 'rejected', words: 'no' }],
	])('judges %j like any other', (body, expected) => {
		expect(judgeWrite(body)).toEqual(expected);
	});
});

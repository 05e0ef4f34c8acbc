import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import type { Run } from '../n8n.mts';
import { customApiCall, failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const path = '/organisations/set_current_org';

/** Two places that register organisation 9601, each as the next request that matters. */
const places: Array<[string, () => Promise<Run>]> = [
	[
		'in the sign-in',
		async () => {
			await world.start({}, { email: group.email, organisationId: '9601' });
			return { parameters: { returnAll: true, simplify: false } };
		},
	],
	[
		'before a request',
		async () => {
			await world.start({}, groupForm);
			await world.run({ parameters: { limit: 1 } });
			world.uphance.clearLog();
			return { parameters: { returnAll: true, simplify: false, options: { organisationId: '9601' } } };
		},
	],
];

const attempts = () => world.uphance.log().filter((request) => request.path === path && isFor9601(request.body)).length;
const isFor9601 = (body: unknown) => JSON.stringify(body) === '{"organizationId":9601}';

describe.each(places)('A registration %s', (_place, start) => {
	test.each<[string, Omit<Fault, 'path'>, string]>([
		['another word', { kind: 'json', body: { Status: 'Not allowed' } }, "it answered 'Not allowed'"],
		['201 with another word', { kind: 'status', status: 201, body: { Status: 'Queued' } }, "it answered 'Queued'"],
		['an error', { kind: 'json', body: { error: 'Not a member' } }, "it answered 'Not a member'"],
		['a web page', { kind: 'html', status: 200 }, 'it answered with a web page'],
		['a JSON list', { kind: 'json', body: [{ Status: 'Updated' }] }, "it answered 'Status Updated'"],
		['an empty JSON list', { kind: 'json', body: [] }, 'it gave an unexpected answer'],
		['an empty JSON object', { kind: 'json', body: {} }, 'it gave an unexpected answer'],
		['JSON null', { kind: 'json', body: 'null' }, 'it gave an unexpected answer'],
		['false', { kind: 'json', body: 'false' }, 'it gave an unexpected answer'],
		['a text', { kind: 'json', body: 'OK' }, "it answered 'OK'"],
	])('does not count when the answer is %s: it is named, and nothing is read', async (_answer, fault, words) => {
		const run = await start();
		world.uphance.fault({ path, times: 100, ...fault });
		const { message, description } = await failureOf(world.run(run));
		expect(message).toBe(`Uphance did not switch to organisation 9601: ${words}`);
		expect(description).toContain('Nothing was sent to it');
		expect(world.asked('/sales_orders')).toEqual([]);
		expect(attempts()).toBe(1);
	});

	test.each<[string, Omit<Fault, 'path'>]>([
		['nothing', { kind: 'empty' }],
		['nothing, 201', { kind: 'status', status: 201 }],
		['nothing, 204', { kind: 'status', status: 204 }],
		['the documented word, 200', { kind: 'json', body: { Status: 'Updated' } }],
	])('counts when the answer is %s', async (_answer, fault) => {
		const run = await start();
		world.uphance.fault({ path, ...fault });
		world.uphance.switchOrganisation(group.email, 9601);
		const { records } = await world.run(run);
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
	});

	test.each<[string, Omit<Fault, 'path'>]>([
		['429', { kind: 'status', status: 429, retryAfter: '0' }],
		['503', { kind: 'status', status: 503 }],
		['a broken connection', { kind: 'drop' }],
	])('is tried again after %s', async (_answer, fault) => {
		const run = await start();
		world.uphance.fault({ path, times: 2, ...fault });
		const { records } = await world.run(run);
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
		expect(attempts()).toBe(3);
	});

	test('that Uphance refuses is told in its words, and not tried again', async () => {
		const run = await start();
		world.uphance.fault({ path, kind: 'status', status: 422, body: { error: 'Organization not found' }, times: 100 });
		const { message, description } = await failureOf(world.run(run));
		expect(message).toMatch(/^Uphance refused to switch to .*organisation.*: Organization not found$/);
		expect(description).not.toContain('this node');
		expect(world.asked('/sales_orders')).toEqual([]);
		expect(attempts()).toBe(1);
	});

	test('that was not counted is made again by the next run', async () => {
		const run = await start();
		world.uphance.fault({ path, kind: 'json', body: { Status: 'Not allowed' } });
		await failureOf(world.run(run));
		const { records } = await world.run(run);
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
	});
});

describe('A registration in the sign-in that does not count', () => {
	test('leaves no session behind', async () => {
		await world.start();
		world.uphance.fault({ path, kind: 'json', body: { Status: 'Not allowed' } });
		await failureOf(world.run());
		expect(world.credential.data.sessionToken).toBe('');
		expect(world.credential.writes).toBe(0);
	});

	test('is tried once per execution, not for every item', async () => {
		await world.start();
		await world.run();
		world.uphance.expireTokens();
		world.uphance.clearLog();
		world.uphance.fault({ path, kind: 'json', body: { Status: 'Not allowed' }, times: 100 });
		const { records } = await world.run({ items: Array(20).fill({}), continueOnFail: true });
		expect(records[19]?.error).toContain("Uphance did not switch to organisation 9579: it answered 'Not allowed'");
		expect(world.asked('/oauth/token')).toHaveLength(1);
	});

	test('is told by the HTTP Request node too', async () => {
		await world.start();
		world.uphance.fault({ path, kind: 'json', body: { Status: 'Not allowed' }, times: 100 });
		const { message } = await failureOf(customApiCall(world.credential, 'GET', '/sales_orders'));
		expect(message).toBe("Uphance did not switch to organisation 9579: it answered 'Not allowed'");
	});
});

import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	// The first attempt relies on the registration of the read that signed in.
	limits: { initialDelayMs: 5, rateLimitBackoffMs: 20, severalOrganisationsTrustMs: 60_000 },
});

const path = '/stock_operations';
const registration = '/organisations/set_current_org';
const parameters: INodeParameters = {
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: 2 }] },
};
const post = (fault: Omit<Fault, 'path'>): Fault => ({ path, ...fault });
const lost = post({ kind: 'dropAfter' });
const refused = { error: 'The key was used' };
const keyOf = (): unknown =>
	(world.uphance.log().find((each) => each.path === path)?.body as IDataObject).idempotency_key;

// Whoever reads that it was not created runs it again, with another key: it would count twice.
describe('A stock operation that counted, and whose answer was lost, may have been created, whatever comes after', () => {
	/** What the failure says, which has to be of one operation that counted. */
	async function unclear(running = failureOf(world.run({ parameters }))) {
		const { message, description } = await running;
		expect(world.uphance.stockOperations()).toHaveLength(1);
		expect(message).toBe('Uphance did not answer, so the stock operation may have been created');
		const advice = `Before you run it again, enter '${String(keyOf())}' as 'Idempotency Key'. Uphance counts the same key only once.`;
		expect(description.startsWith(`${advice} The last attempt ended differently: `)).toBe(true);
		return description.slice(`${advice} The last attempt ended differently: `.length);
	}

	test.each<[string, Fault, string]>([
		[
			'a long wait',
			post({ kind: 'status', status: 429, retryAfter: '3600' }),
			'Uphance asked to wait 60 minutes, until ',
		],
		['a rate limit', post({ kind: 'status', status: 429, times: 9 }), 'Uphance rate limit reached.'],
		['409', post({ kind: 'status', status: 409 }), 'Uphance could not create the stock operation (status 409).'],
		[
			'422',
			post({ kind: 'status', status: 422, body: refused }),
			'Uphance refused the stock operation: The key was used.',
		],
		[
			'a refusal with 200',
			post({ kind: 'json', body: refused }),
			'Uphance refused the stock operation: The key was used.',
		],
		['403', post({ kind: 'status', status: 403 }), 'Uphance does not allow this user to create the stock operation.'],
		[
			'a registration that is refused',
			{ path: registration, kind: 'status', status: 403, times: 9 },
			'Uphance refused to switch to organisation Uphance Demo (9579).',
		],
		[
			'a registration without answer',
			{ path: registration, kind: 'drop', times: 9 },
			'Could not reach Uphance (switch to organisation Uphance Demo (9579)).',
		],
	])('%s', async (_, fault, words) => {
		world.uphance.fault(lost);
		world.uphance.fault(fault);
		const said = await unclear();
		expect(said.startsWith(words)).toBe(true);
	});

	test('nobody to connect to', async () => {
		Object.assign(limits, { initialDelayMs: 200, maxAttempts: 3 });
		world.uphance.fault(lost);
		const running = failureOf(world.run({ parameters }));
		await until(() => world.uphance.stockOperations().length === 1);
		await world.uphance.close();
		expect(await unclear(running)).toContain('Could not reach Uphance');
	});

	test('a password that was changed meanwhile', async () => {
		Object.assign(limits, { initialDelayMs: 200 });
		world.uphance.fault(lost);
		const running = failureOf(world.run({ parameters }));
		await until(() => world.uphance.stockOperations().length === 1);
		world.uphance.revokeTokens();
		world.uphance.changePassword(groupForm.email, 'another');
		expect(await unclear(running)).toContain('Uphance did not accept the email or password');
	});

	test('the end of the execution', async () => {
		Object.assign(limits, { initialDelayMs: 1_000 });
		const controller = new AbortController();
		world.uphance.fault(lost);
		const running = failureOf(world.run({ parameters, signal: controller.signal }));
		await until(() => world.uphance.stockOperations().length === 1);
		setTimeout(() => controller.abort(), 50);
		const { message, description } = await running;
		expect(message).toBe('The execution was cancelled while the stock operation was being created, so it may exist');
		expect(description).toContain(`enter '${String(keyOf())}' as 'Idempotency Key'`);
	});
});

test('A stock operation that was never processed was not created', async () => {
	world.uphance.fault(post({ kind: 'status', status: 429 }));
	world.uphance.fault(post({ kind: 'status', status: 409 }));
	expect((await failureOf(world.run({ parameters }))).description).toMatch(/The stock operation was not created\.$/);
	expect(world.uphance.stockOperations()).toEqual([]);
});

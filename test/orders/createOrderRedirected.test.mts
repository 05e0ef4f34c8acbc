import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 5, recheckAfterMs: [10, 50, 150] } });

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef: 'PO-77' },
};
const returnExisting: INodeParameters = { ...order, options: { returnExisting: true } };

const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });
const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));

// Ruby on Rails redirects to the page of what it created, unless its programmer says otherwise.
describe('An order that Uphance answers with a redirect', () => {
	test('may have been created, and the message names the redirect and what to check', async () => {
		injectFault({ kind: 'redirectAfter', location: 'https://app.example.com/sales_orders/1?token=s3cret' });
		const { message, description, whole } = await failureOf(world.run({ parameters: order }));
		expect(message).toBe(
			'Order (PO-77): Uphance sent the request to another address (app.example.com), so the sales order may have been created',
		);
		expect(description).toContain("Look for purchase order ref 'PO-77' in Uphance");
		expect(description).toContain("If Uphance does not have it, check 'API URL' in the credential.");
		expect(whole).not.toContain('s3cret');
		expect(posts()).toHaveLength(1);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('is found with Return Existing Order', async () => {
		injectFault({ kind: 'redirectAfter' });
		const { records } = await world.run({ parameters: returnExisting });
		expect(records).toEqual([expect.objectContaining({ purchase_order_ref: 'PO-77', alreadyExisted: false })]);
		expect(posts()).toHaveLength(1);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test.each([301, 302, 303])('with %i may have been created, even if it was not', async (status) => {
		injectFault({ kind: 'redirect', status });
		const { message } = await failureOf(world.run({ parameters: returnExisting }));
		expect(message).toContain('may have been created');
		expect(world.uphance.created()).toEqual([]);
	});

	test.each([307, 308])('with %i was not created: it asks to send the same elsewhere', async (status) => {
		injectFault({ kind: 'redirect', status });
		const { message, description } = await failureOf(world.run({ parameters: returnExisting }));
		expect(message).toContain('Uphance sent the request to another address (example.com)');
		expect(description).toContain("Check 'API URL' in the credential. The sales order was not created.");
		expect(posts()).toHaveLength(1);
	});
});

test('A pick ticket that Uphance answers with a redirect may have been changed', async () => {
	world.uphance.fault({ path: '/pick_tickets/3000079', method: 'PUT', kind: 'redirectAfter' });
	const parameters: INodeParameters = {
		resource: 'pickTicket',
		operation: 'update',
		pickTicketId: { __rl: true, mode: 'id', value: '3000079' },
		updateFields: { service: 'Express' },
	};
	const { message, description } = await failureOf(world.run({ parameters }));
	expect(message).toContain('Uphance sent the request to another address (example.com)');
	expect(description).toMatch(
		/Check 'API URL' in the credential\. It may have happened all the same: look in Uphance\.$/,
	);
});

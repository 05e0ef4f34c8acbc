import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { listExampleFiles } from '../../sandbox/examples.mts';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, group, startUphance } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from '../e2e/realN8n.mts';
import { oneNode, startRealN8n, uphanceNode } from '../e2e/realN8n.mts';
import { readExampleWorkflow } from '../examples/exampleWorkflow.mts';
import { Editor } from './editor.mts';
import { openChromium } from './openChromium.mts';

/** In pixels. */
const viewport = { width: 1280, height: 860 };

let real: RealN8n;
let browser: Browser;
let editor: Editor;
let credential: string;

beforeAll(async () => {
	browser = await openChromium();
	real = await startRealN8n({ orders: 250 });
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(45_000);
	editor = new Editor(page, real.server.url);
	await editor.logIn();
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await real?.stop();
});

const field = (name: string) =>
	editor.at('editCredential-modal').locator(`[data-test-id="parameter-input-${name}"] input`);
const save = async () => await editor.at('credential-save-button').click();

describe('somebody who never used the package', () => {
	beforeAll(async () => await editor.open('/workflow/new'));

	const words =
		'order,sales order,pick ticket,invoice,product,customer,shipment,shipping,return,SKU,barcode,warehouse,3PL,inventory,stock,wholesale,retail,style,fashion,apparel,ERP';

	test.each(words.split(','))('finds the node by "%s"', async (word) => {
		await editor.searchNodes(word);
		await editor.searchNodes(word, 'Uphance Polling');
	});

	test('reads which of the two starts at once, and which every few minutes', async () => {
		await editor.searchNodes('apparel');
		const list = editor.at('item-iterator-item');
		await list.filter({ hasText: 'starts at once on shipments, invoices, products' }).waitFor();
		await list.filter({ hasText: 'Every few minutes: new orders' }).waitFor();
		await editor.picture('found-by-apparel');
	});

	test('adds Get Many of sales orders from the list of actions', async () => {
		await (await editor.searchNodes('Uphance')).click();
		await editor.picture('list-of-triggers');
		await editor.at('node-creator-category-item').filter({ hasText: 'Actions' }).click();
		const action = editor.at('node-creator-item-name').getByText('Get many sales orders', { exact: true });
		await action.scrollIntoViewIfNeeded();
		await editor.picture('list-of-actions');
		await action.click();
		await editor.at('ndv').waitFor();
		await editor.picture('node-without-credential');
	});

	test('is told in the credential dialog that the password is wrong', async () => {
		await editor.at('node-credentials-empty-state').first().click();
		await field('email').fill(group.email);
		await field('password').fill('wrong');
		await field('apiUrl').fill(real.uphance.url);
		await save();
		await editor.seeDetails('Uphance did not accept the email or password');
		await editor.picture('credential-wrong-password');
	});

	test('is told which organisations there are when none is chosen', async () => {
		await field('password').fill(group.password);
		await save();
		await editor.seeDetails('This user belongs to 2 organisations and none is chosen');
		await editor.seeDetails('Uphance Demo (9579), Uphance Outlet (9601)');
		await editor.seeDetails("Enter one of them in 'Organisation ID or Name'");
		await editor.picture('credential-two-organisations');
	});

	test('is connected with one of them', async () => {
		await field('organisationId').fill('9579');
		await save();
		// n8n closes the dialog of a new credential when its test succeeds.
		await editor.at('editCredential-modal').waitFor({ state: 'detached' });
		await editor.at('credential-edit-button').click();
		await editor.at('credentials-config-container-test-success').waitFor();
		await editor.picture('credential-connected', editor.page.locator('.el-dialog:visible').last());
		await editor.at('editCredential-modal').locator('.el-dialog__headerbtn').click();
		await editor.at('editCredential-modal').waitFor({ state: 'detached' });
	});

	test('runs it and sees fifty orders', async () => {
		await editor.at('node-execute-button').first().click();
		await editor
			.at('run-data-item-count')
			.or(editor.at('ndv-items-count'))
			.filter({ hasText: '50 items' })
			.first()
			.waitFor();
		await editor.picture('orders-in-the-output');
	});
});

describe('with a credential', () => {
	beforeAll(async () => {
		credential = await real.n8n.createCredential('Uphance', { ...demo, organisationId: '', apiUrl: real.uphance.url });
	});

	const open = async (node: Parameters<typeof oneNode>[0]) => {
		const id = await real.n8n.createWorkflow(oneNode(node, credential));
		await editor.open(`/workflow/${id}`);
		await editor.openNode('Node');
	};

	describe('lists', () => {
		test('an order is found by its number, fetched and shown', async () => {
			await open(uphanceNode({}));
			await editor.choose('operation', 'Get');
			expect((await editor.list('orderId')).length).toBeGreaterThan(5);
			await editor.picture('list-of-orders');
			await editor.at('rlc-search').locator('visible=true').fill('101');
			await editor.pick('101');
			await editor.at('node-execute-button').first().click();
			await editor
				.at('ndv-output-panel')
				.or(editor.at('output-panel'))
				.first()
				.getByText('order_number')
				.first()
				.waitFor();
			await editor.picture('order-in-the-output');
		});

		test('a new order takes its customer and its channel from lists', async () => {
			await open(uphanceNode({ operation: 'create' }));
			expect((await editor.list('customerId')).length).toBeGreaterThan(3);
			await editor.picture('list-of-customers');
			await editor.pick('');
			await editor.page.getByText('Add line item', { exact: true }).click();
			expect((await editor.list('sku')).length).toBeGreaterThan(20);
			await editor.picture('list-of-skus');
			await editor.at('rlc-search').locator('visible=true').fill('aamira red m');
			await editor.pick('AW24-AAM-RED-M');
			await editor.at('parameter-input-product_identifier').waitFor({ state: 'detached' });
			await editor.at('parameter-input-quantity').locator('input').fill('3');
			await editor.addField('Channel Name or ID');
			await editor.at('parameter-input-channel_name').locator('input').first().click();
			await editor.page.locator('.el-select-dropdown__item:visible', { hasText: 'Wholesale' }).first().waitFor();
			await editor.picture('list-of-channels');
			await editor.page.locator('.el-select-dropdown__item:visible', { hasText: 'Wholesale' }).first().click();
			await editor.page.setViewportSize({ ...viewport, height: 1400 });
			await editor.picture('create-order', editor.at('node-parameters'));
			await editor.page.setViewportSize(viewport);
		});
	});

	describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
		beforeEach(async () => await editor.page.emulateMedia({ colorScheme: theme }));

		test.each([
			['uphanceTrigger', { fetchRecord: true, events: ['pick_ticket_update'] }, '1. Click Publish'],
			['uphancePollingTrigger', { watchFor: 'createdOrUpdated' }, 'New or Changed Records'],
			['uphance', { resource: 'order', operation: 'create' }, 'Customer'],
		])('%s opens without a word missing', async (type, parameters, seen) => {
			await open({ type: `n8n-nodes-uphance.${type}`, typeVersion: 1, parameters });
			const panel = editor.at('node-parameters');
			await panel.waitFor();
			const inputs = await panel.locator('input').all();
			const values = await Promise.all(inputs.map(async (input) => await input.inputValue()));
			const shown = [await panel.innerText(), ...values].join(' ');
			expect(shown).toContain(seen);
			// n8n drops line breaks in some places: words must not run together there.
			expect(shown).not.toMatch(/undefined|\[object|[a-z]\.[A-Z0-9]/);
			await editor.picture(`${type}-${theme}`);
		});
	});

	describe('an example', () => {
		let brand: Uphance;
		let brandCredential: string;
		beforeAll(async () => {
			await editor.page.emulateMedia({ colorScheme: 'light' });
			brand = await startUphance({ orders: 1250, today: Date.now() });
			const form = { ...demo, organisationId: '', apiUrl: brand.url };
			brandCredential = await real.n8n.createCredential('Uphance Sandbox', form);
		});
		afterAll(async () => await brand?.close());

		test.each(listExampleFiles().map((file) => file.replace('.json', '')))('%s runs to its end', async (name) => {
			const workflow = readExampleWorkflow(`${name}.json`, brandCredential);
			await editor.open(`/workflow/${await real.n8n.createWorkflow(workflow)}`);
			const drawn = editor.at('canvas-node');
			await drawn.nth(workflow.nodes.filter(({ type }) => !type.endsWith('stickyNote')).length - 1).waitFor();
			await editor.at('zoom-to-fit').click();
			// Only an agent with pinned data runs without its model.
			if (name !== 'where-is-my-order') await editor.execute();
			await editor.settled();
			await editor.picture(`example-${name}`, editor.at('canvas-wrapper'));
		});
	});
});

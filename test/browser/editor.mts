import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { owner } from '../../sandbox/n8nApi.mts';

const pictures = join(__dirname, process.env.PICTURES ? '../../docs/images' : '../../test-results');

/** What README and docs show. */
const shown = /^(example-|create-order$|credential-connected$)/;

/** What n8n lays over what is to be seen: messages that an action succeeded, tabs and a button on the canvas. */
const hidden =
	'.el-notification, .tab-bar-container, [data-test-id="execute-workflow-button"] { visibility: hidden !important }';

/** n8n's editor as a person sees it: what is clicked and read, by n8n's own names for testing. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	at(name: string): Locator {
		return this.page.locator(`[data-test-id="${name}"]`);
	}

	async open(path: string): Promise<void> {
		await this.page.goto(this.url + path);
	}

	async logIn(): Promise<void> {
		await this.open('/signin');
		await this.page.locator('input[type="email"]').fill(owner.email);
		await this.page.locator('input[type="password"]').fill(owner.password);
		await this.at('form-submit-button').click();
		await this.page.waitForURL(/\/home\//);
	}

	/** Saves what is on the screen now, or one part of it, to test-results/; for PICTURES=1 to docs/images/, if shown there. */
	async picture(name: string, of?: Locator): Promise<void> {
		if (process.env.PICTURES && !shown.test(name)) return;
		mkdirSync(pictures, { recursive: true });
		const path = join(pictures, `${name}.png`);
		await (of ?? this.page).screenshot({ path, animations: 'disabled', style: hidden });
	}

	/** Opens the node creator and types; the first of ours in what it offers, by its whole name. */
	async searchNodes(words: string, name = 'Uphance'): Promise<Locator> {
		const search = this.at('node-creator-search-bar');
		if (!(await search.isVisible()))
			await this.at('node-creator-plus-button').or(this.at('canvas-add-button')).first().click();
		// The list of the word before stays for a moment: nothing in it must be taken for an answer to this word.
		await search.fill('no node is called like this');
		await this.at('node-creator-no-results').waitFor();
		await search.fill(words);
		const found = this.at('node-creator-item-name').getByText(name, { exact: true });
		await found.first().waitFor();
		return found.first();
	}

	/** Runs the open workflow and waits until it ends. */
	async execute(): Promise<void> {
		await this.at('execute-workflow-button').click();
		await this.page.getByText('Workflow executed successfully').first().waitFor();
		// The message may come before the nodes are drawn as done.
		const done = this.at('canvas-node-status-success');
		for (let before = -1; before !== (await done.count()); await this.page.waitForTimeout(1000))
			before = await done.count();
	}

	/** Opens the panel of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.at('ndv').waitFor();
	}

	/** Chooses in a dropdown of a node by what the list says. */
	async choose(field: string, option: string): Promise<void> {
		await this.at(`parameter-input-${field}`).locator('input').first().click();
		await this.page.locator('.el-select-dropdown__item:visible', { hasText: option }).first().click();
	}

	/** Opens a searchable list; the names in it, as soon as there is one. */
	async list(field: string): Promise<string[]> {
		await this.at(`resource-locator-${field}`).locator('[data-test-id="rlc-input"]').click();
		const items = this.page.locator('[data-test-id="rlc-item"]:visible');
		await items.first().waitFor();
		return await items.allInnerTexts();
	}

	async pick(name: string): Promise<void> {
		await this.page.locator('[data-test-id="rlc-item"]:visible', { hasText: name }).first().click();
	}

	/** Waits until the dialog of a credential says so; n8n folds what a node says behind a link of its own. */
	async seeDetails(text: string): Promise<void> {
		const dialog = this.at('editCredential-modal');
		const said = dialog.getByText(text);
		for (;;) {
			const more = dialog.getByText('More details');
			await said.or(more).first().waitFor();
			if (await said.first().isVisible()) return;
			await more.click();
			const seen = await said
				.first()
				.waitFor({ timeout: 5000 })
				.then(
					() => true,
					() => false,
				);
			if (seen) return;
		}
	}

	/** Adds one of the fields that a node offers under 'Additional Fields'. */
	async addField(name: string): Promise<void> {
		await this.at('collection-parameter-add').first().click();
		await this.page
			.locator('.el-select-dropdown__item:visible, [role="menuitem"]:visible, [role="option"]:visible')
			.getByText(name, { exact: true })
			.first()
			.click();
	}

	/** Waits until the canvas no longer moves. */
	async settled(): Promise<void> {
		const canvas = this.page.locator('.vue-flow__transformationpane');
		const place = async () => await canvas.getAttribute('style');
		for (let before: string | null = ''; ; ) {
			const now = await place();
			if (now === before) return;
			before = now;
			await this.page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
		}
	}
}

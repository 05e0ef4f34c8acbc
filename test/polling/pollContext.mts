import { jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeParameters, Workflow } from 'n8n-workflow';
import { UphancePollingTrigger } from '../../nodes/Uphance/UphancePollingTrigger.node.ts';
import { poll } from '../../nodes/Uphance/triggers/polling/poll.ts';
import { limits } from '../limits.mts';
import type { StoredCredential } from '../n8n.mts';
import { World, surroundings } from '../n8n.mts';

let nodes = 0;

/** Lists and where Uphance has them. */
export const paths = {
	order: '/sales_orders',
	invoice: '/invoices',
	creditNote: '/credit_notes',
	payment: '/payments',
	pickTicket: '/pick_tickets',
	receivingTicket: '/receiving_tickets',
	productionOrder: '/production_orders',
	return: '/returns',
	customer: '/customers',
};
export type Watched = keyof typeof paths;
export const all = Object.keys(paths) as Watched[];
/** Those whose lists have the filter `since_id` in docs/uphance.openapi.yaml. */
export const withSinceId = all.filter((each) => each !== 'return' && each !== 'customer');

const copy = <T,>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * A published workflow with one polling trigger. Its static data is kept as n8n's active-workflow-manager.ts keeps it: saved on
 * emit and after activation, not when there is nothing; what a poll set before it threw stays in memory.
 */
export class Poller {
	/** What n8n's database holds. */
	saved: IDataObject = {};
	readonly warnings: string[] = [];
	/** How long n8n lets a poll take, in milliseconds; undefined for an n8n that does not tell. */
	budgetMs: number | undefined = 300_000;
	private workflow?: Workflow;
	private readonly id = `poller ${++nodes}`;

	constructor(
		world: World,
		public parameters: INodeParameters = {},
		public credential: StoredCredential = world.credential,
	) {}

	/** What a poll would find, in memory. */
	get memory(): IDataObject {
		return copy(this.workflow?.staticData ?? this.saved);
	}

	/** Publishes the workflow, or n8n starts: static data comes from the database and a poll runs at once. */
	async activate(): Promise<IDataObject[] | null> {
		const { workflow } = this.around(this.saved);
		this.workflow = workflow;
		const records = await this.poll();
		this.save();
		return records;
	}

	/** As `activate()` after the user changed parameters. */
	async republish(parameters: INodeParameters): Promise<IDataObject[] | null> {
		this.parameters = parameters;
		return await this.activate();
	}

	/** A poll at its time. */
	async poll(): Promise<IDataObject[] | null> {
		const { workflow } = this;
		if (!workflow) throw new Error('It is not published');
		const items = await this.run(workflow, 'trigger');
		if (items) this.save();
		return items && items.map(({ json }) => json);
	}

	/** What so many polls emit, one after the other. */
	async ids(polls = 1): Promise<number[]> {
		const ids: number[] = [];
		for (let round = 0; round < polls; round++) ids.push(...((await this.poll()) ?? []).map(({ id }) => Number(id)));
		return ids;
	}

	/** "Execute step" in the editor: nothing of its static data is kept. @returns what it left there, too */
	async test(): Promise<{ records: IDataObject[] | null; left: IDataObject }> {
		const { workflow } = this.around(this.saved);
		const items = await this.run(workflow, 'manual');
		return { records: items && items.map(({ json }) => json), left: copy(workflow.staticData) };
	}

	private save(): void {
		this.saved = this.memory;
	}

	private async run(workflow: Workflow, mode: 'trigger' | 'manual'): Promise<INodeExecutionData[] | null> {
		const { additionalData, node } = this.around({});
		const context = new PollContext(
			workflow,
			workflow.getNode(node.name) ?? node,
			additionalData,
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.budgetMs ?? NaN,
		);
		if (this.budgetMs === undefined) Reflect.deleteProperty(context, 'getPollBudgetMs');
		const warn = (...[message]: Parameters<typeof context.logger.warn>) => void this.warnings.push(message);
		Object.assign(context.logger, { warn, error: warn });
		const records = await poll(context, limits);
		return records && context.helpers.returnJsonArray(records);
	}

	private around(staticData: IDataObject) {
		const made = surroundings(this.credential, { parameters: this.parameters }, new UphancePollingTrigger());
		made.node.id = this.id;
		made.workflow.overrideStaticData(copy(staticData));
		return made;
	}
}

/** A published trigger that has started from now, with nothing in the log yet. */
export async function watching(world: World, parameters: INodeParameters): Promise<Poller> {
	const poller = new Poller(world, parameters);
	const first = await poller.activate();
	if (first !== null) throw new Error('The first poll must return nothing');
	world.uphance.clearLog();
	return poller;
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
/** Ids of the first orders of organisation 9579 in the sandbox. */
export const orderId = (index: number): number => (index === 0 ? 9005 : 9042 + (index - 1) * 3);

/**
 * Lets the time of a poll be over after it has read so many pages of a list: from then on the clock is ten minutes ahead.
 * `jest.restoreAllMocks` puts the clock right.
 */
export function endTimeAfter(world: World, path: string, pages: number): void {
	const pagesBefore = world.asked(path).length;
	const { now } = Date;
	jest
		.spyOn(Date, 'now')
		.mockImplementation(() => now() + (world.asked(path).length - pagesBefore < pages ? 0 : 600_000));
}

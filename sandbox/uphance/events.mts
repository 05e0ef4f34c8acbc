import type { Organisation } from './accounts.mts';
import type { Changes } from './recordStore.mts';
import type { Deliveries, Delivery } from './deliveries.mts';
import { partsOf, webhookBody } from './webhookBody.mts';
import type { Webhooks } from './webhooks.mts';

type Item = Record<string, unknown>;

export interface More {
	/** Whose record; otherwise the first organisation's that has it. */
	organisation?: number;
	/** What the record says otherwise; for a record that does not exist, all it says besides its id. */
	record?: Item;
	/** How often the very same event is delivered; default 1. */
	times?: number;
}

/** Tells the webhooks what happens to records. */
export class Events {
	constructor(
		private readonly changes: Changes,
		private readonly webhooks: Webhooks,
		private readonly deliveries: Deliveries,
	) {}

	/** @throws Error for a record that does not exist, unless it is deleted or `more` says what it is */
	async deliver(event: string, id: number, more: More = {}): Promise<Delivery[]> {
		const { word, verb } = partsOf(event);
		const path = this.changes.words().find(({ one }) => one === word)?.path;
		const owner = path === undefined ? undefined : this.changes.owner(path, id, more.organisation);
		if (verb === 'delete')
			return await this.send(event, id, more.organisation ?? owner?.id, { id, ...more.record }, more);
		const record = path !== undefined && owner ? this.changes.find(path, owner, id) : undefined;
		if (!record && !more.record) {
			throw new Error(`There is no ${word} ${id} to tell about; what it is can be given as { "record": { … } }.`);
		}
		return await this.send(event, id, more.organisation ?? owner?.id, { id, ...record, ...more.record }, more);
	}

	/** Tells of what just happened; nobody waits for it. */
	echo(event: string, organisation: Organisation, id: number, record: Item): void {
		void this.send(event, id, organisation.id, record);
	}

	private async send(
		event: string,
		id: number,
		organisation: number | undefined,
		record: Item,
		{ times = 1 }: More = {},
	): Promise<Delivery[]> {
		// What the record is now: it may have changed by the time of a second try.
		const body = webhookBody(event, record);
		const sent = this.webhooks.for(event, organisation).map(async (webhook) => {
			const isWanted = () => this.webhooks.list().includes(webhook);
			return await this.deliveries.send({ url: webhook.url, event, id, body, times, isWanted });
		});
		return (await Promise.all(sent)).flat();
	}
}

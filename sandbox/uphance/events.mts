import type { Organisation } from './accounts.mts';
import type { RecordStore } from './recordStore.mts';
import type { Deliveries, Delivery } from './deliveries.mts';
import { splitEvent, buildWebhookBody } from './webhookBody.mts';
import type { Webhooks } from './webhooks.mts';

type Item = Record<string, unknown>;

export interface EventOptions {
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
		private readonly store: RecordStore,
		private readonly webhooks: Webhooks,
		private readonly deliveries: Deliveries,
	) {}

	/** @throws Error for a record that does not exist, unless it is deleted or `more` says what it is */
	async deliver(event: string, id: number, options: EventOptions = {}): Promise<Delivery[]> {
		const { resource, action } = splitEvent(event);
		const path = this.store.listRecordKeys().find(({ singularKey }) => singularKey === resource)?.path;
		const owner = path === undefined ? undefined : this.store.findOwner(path, id, options.organisation);
		if (action === 'delete')
			return await this.send(event, id, options.organisation ?? owner?.id, { id, ...options.record }, options);
		const record = path !== undefined && owner ? this.store.find(path, owner, id) : undefined;
		if (!record && !options.record) {
			throw new Error(`There is no ${resource} ${id} to tell about; what it is can be given as { "record": { … } }.`);
		}
		return await this.send(event, id, options.organisation ?? owner?.id, { id, ...record, ...options.record }, options);
	}

	/** Tells of what just happened; nobody waits for it. */
	notify(event: string, organisation: Organisation, id: number, record: Item): void {
		void this.send(event, id, organisation.id, record);
	}

	private async send(
		event: string,
		id: number,
		organisation: number | undefined,
		record: Item,
		{ times = 1 }: EventOptions = {},
	): Promise<Delivery[]> {
		// What the record is now: it may have changed by the time of a second try.
		const body = buildWebhookBody(event, record);
		const sent = this.webhooks.for(event, organisation).map(async (webhook) => {
			const isActive = () => this.webhooks.list().includes(webhook);
			return await this.deliveries.send({ url: webhook.url, event, id, body, times, isActive });
		});
		return (await Promise.all(sent)).flat();
	}
}

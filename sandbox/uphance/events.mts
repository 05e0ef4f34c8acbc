import type { Organisation } from './accounts.mts';
import type { Deliveries, Delivery } from './deliveries.mts';
import type { RecordStore } from './recordStore.mts';
import type { Switches } from './switches.mts';
import { buildIdBody, buildWebhookBody, splitEvent } from './webhookBody.mts';
import type { Webhooks } from './webhooks.mts';

type Item = Record<string, unknown>;

export interface EventOptions {
	/** Id of the organisation that owns the record; by default the first one that has the record. */
	organisation?: number;
	/** Fields that replace those of the record. For a record that does not exist: all fields except the id. */
	record?: Item;
	/** How often the same event is delivered; 1 by default. */
	times?: number;
}

/** Sends events about records to the webhooks. */
export class Events {
	constructor(
		private readonly store: RecordStore,
		private readonly webhooks: Webhooks,
		private readonly deliveries: Deliveries,
		private readonly switches: Pick<Switches, 'webhookBody'>,
	) {}

	/**
	 * Sends an event about a record and resolves when it was delivered or dropped everywhere.
	 *
	 * @throws Error if the record does not exist, unless the event is a delete or `options.record` is given
	 */
	async deliver(event: string, id: number, options: EventOptions = {}): Promise<Delivery[]> {
		const { resource, action } = splitEvent(event);
		const path = this.store.listRecordKeys().find(({ singularKey }) => singularKey === resource)?.path;
		const owner = path === undefined ? undefined : this.store.findOwner(path, id, options.organisation);
		if (action === 'delete')
			return await this.send(event, id, options.organisation ?? owner?.id, { id, ...options.record }, options);
		const record = path !== undefined && owner ? this.store.find(path, owner, id) : undefined;
		if (!record && !options.record) {
			throw new Error(
				`There is no ${resource} ${id}. To send an event about it anyway, add its fields: { "record": { … } }.`,
			);
		}
		return await this.send(event, id, options.organisation ?? owner?.id, { id, ...record, ...options.record }, options);
	}

	/** Sends an event about a change of the sandbox itself, without waiting for the delivery. */
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
		// A snapshot: the record may change before a retry.
		const body = this.switches.webhookBody === 'id' ? buildIdBody(event, id) : buildWebhookBody(event, record);
		return await this.deliveries.track(async () => {
			const sent = (await this.webhooks.for(event, organisation)).map(async (webhook) => {
				const { url, isTest } = webhook;
				const isActive = () => this.webhooks.isActive(webhook);
				return await this.deliveries.send({ url, isTest, event, id, body, times, isActive });
			});
			return (await Promise.all(sent)).flat();
		});
	}
}

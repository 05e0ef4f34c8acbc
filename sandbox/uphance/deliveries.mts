import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { postOnce } from './callWebhook.mts';
import { assertLoopback } from './webhooks.mts';

/** What is unknown of Uphance's sender, or goes wrong with it, with its default. */
export const deliveryDefaults = {
	/**
	 * Milliseconds between tries; after the last one an event is dropped. Uphance gives up after 48 hours, in steps that
	 * nobody knows: here ten tries in 26 seconds, an hour of Uphance's being half a second.
	 */
	webhookRetry: [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800],
	/** Milliseconds that a receiver has to answer: there is a limit, nobody knows which. This is not compressed. */
	webhookTimeout: 15_000,
	/** How many calls may be under way at once. */
	webhooksAtOnce: 5,
	/** The share of events that are delivered twice. */
	webhookDuplicates: 0,
	/** The share of events that are held back for a while, so that later ones overtake them; the first is. */
	webhookReorder: 0,
	/** Milliseconds that they are held back for. */
	webhookHeldBack: 150,
};

export type DeliveryOptions = typeof deliveryDefaults;

/** What was sent for one event to one webhook. */
export interface Delivery {
	/** Missing for what was sent raw. */
	event?: string;
	id?: unknown;
	url: string;
	tries: number;
	/** Of each try; null: there was no answer. */
	statuses: Array<number | null>;
	/** The last of them; null too before the first try. */
	status: number | null;
	/** As sent: JSON read again, or for what was sent raw the text. */
	body: unknown;
	/** 'stopped': the webhook was removed or the sandbox closed. */
	state: 'pending' | 'delivered' | 'dropped' | 'stopped';
}

/** One event for one webhook. */
export interface WebhookMessage {
	url: string;
	event: string;
	id: unknown;
	body: string;
	/** How often the very same is sent, whatever becomes of it. */
	times: number;
	/** Asked before each try: whether the webhook is still there. */
	isActive(): boolean;
}

/** Sends events, again and again until one try is answered with 2xx (uphance-api.md 5.2). */
export class Deliveries {
	/** Everything sent since the start, in the order it was to be sent. */
	readonly log: Delivery[] = [];
	private readonly shutdown = new AbortController();
	private readonly pending = new Set<Promise<unknown>>();
	/** Those that wait for their turn. */
	private readonly waiting: Array<() => void> = [];
	private inFlight = 0;
	private messageCount = 0;
	private duplicatesLeft = 0;

	constructor(private readonly options: DeliveryOptions) {
		setMaxListeners(0, this.shutdown.signal);
	}

	duplicateNext(times = 1): void {
		this.duplicatesLeft += times;
	}

	/** Resolves when the message was delivered or given up, as often as it was to be sent. */
	async send(message: WebhookMessage): Promise<Delivery[]> {
		const messageNumber = this.messageCount;
		this.messageCount += 1;
		// Shares are spread evenly, not by chance: the same events, the same duplicates.
		const isSelected = (share: number) => Math.ceil((messageNumber + 1) * share) > Math.ceil(messageNumber * share);
		let times = message.times + (isSelected(this.options.webhookDuplicates) ? 1 : 0);
		if (this.duplicatesLeft > 0) {
			this.duplicatesLeft -= 1;
			times += 1;
		}
		const isDelayed = isSelected(this.options.webhookReorder);
		return await this.track(async () => {
			if (isDelayed) await this.sleep(this.options.webhookHeldBack);
			const delivered: Delivery[] = [];
			// One after the other: no event is under way twice.
			for (let copy = 0; copy < times; copy += 1) delivered.push(await this.deliver(message));
			return delivered;
		});
	}

	/** Sends any text once. @throws Error for an address that is not on this machine */
	async sendRaw(url: string, body: string, headers: Record<string, string> = {}): Promise<Delivery> {
		assertLoopback(url);
		const delivery: Delivery = { url, tries: 0, statuses: [], status: null, body, state: 'pending' };
		this.log.push(delivery);
		return await this.track(async () => {
			const isAccepted = await this.attempt(delivery, body, headers);
			delivery.state = isAccepted ? 'delivered' : this.shutdown.signal.aborted ? 'stopped' : 'dropped';
			return delivery;
		});
	}

	/** Resolves when nothing is under way or waits for another try. */
	async waitUntilIdle(): Promise<void> {
		while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
	}

	/** Ends what is under way; nothing is sent any more. */
	stop(): void {
		this.shutdown.abort();
		for (const start of this.waiting.splice(0)) start();
	}

	private async deliver({ url, event, id, body, isActive }: WebhookMessage): Promise<Delivery> {
		const sent: unknown = JSON.parse(body);
		const delivery: Delivery = { event, id, url, tries: 0, statuses: [], status: null, body: sent, state: 'pending' };
		this.log.push(delivery);
		for (const delayMs of [0, ...this.options.webhookRetry]) {
			if (delivery.tries > 0) await this.sleep(delayMs);
			if (this.shutdown.signal.aborted || !isActive()) break;
			if (await this.attempt(delivery, body)) {
				delivery.state = 'delivered';
				return delivery;
			}
		}
		delivery.state = this.shutdown.signal.aborted || !isActive() ? 'stopped' : 'dropped';
		return delivery;
	}

	/** Whether it was answered with success. */
	private async attempt(delivery: Delivery, body: string, headers: Record<string, string> = {}): Promise<boolean> {
		return await this.runLimited(async () => {
			const { signal } = this.shutdown;
			if (signal.aborted) return false;
			delivery.tries += 1;
			delivery.status = await postOnce(delivery.url, body, headers, this.options.webhookTimeout, signal).catch(
				() => null,
			);
			delivery.statuses.push(delivery.status);
			return delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
		});
	}

	/** Waits until fewer calls are under way than may be; first come, first served. */
	private async runLimited<T>(task: () => Promise<T>): Promise<T> {
		if (this.inFlight >= this.options.webhooksAtOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.inFlight += 1;
		try {
			return await task();
		} finally {
			const next = this.waiting.shift();
			// Who comes next takes the place over; nobody can get in between.
			if (next) next();
			else this.inFlight -= 1;
		}
	}

	private async sleep(milliseconds: number): Promise<void> {
		await wait(milliseconds, undefined, { signal: this.shutdown.signal }).catch(() => undefined);
	}

	private async track<T>(task: () => Promise<T>): Promise<T> {
		const promise = task();
		this.pending.add(promise);
		try {
			return await promise;
		} finally {
			this.pending.delete(promise);
		}
	}
}

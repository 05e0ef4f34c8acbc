import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { callWebhook } from './callWebhook.mts';
import { assertLoopback } from './webhooks.mts';

/**
 * Options of the webhook sender, with their defaults: what is unknown about Uphance's sender, and errors to simulate.
 */
export const deliveryDefaults = {
	/**
	 * Delays between attempts, in milliseconds. After the last attempt the event is dropped. Uphance retries for up to
	 * 48 hours with unknown delays; here ten attempts take 26 seconds, so one hour becomes about half a second.
	 */
	webhookRetry: [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800],
	/**
	 * Timeout of one attempt, in milliseconds. Uphance has a timeout of unknown length. Not shortened like the delays.
	 */
	webhookTimeout: 15_000,
	/** Maximum number of concurrent calls. */
	webhooksAtOnce: 5,
	/** Share of events that are delivered twice, 0 to 1. */
	webhookDuplicates: 0,
	/**
	 * Share of events that are delayed so that later ones overtake them, 0 to 1. The first event is always one of them.
	 */
	webhookReorder: 0,
	/** Length of this delay, in milliseconds. */
	webhookHeldBack: 150,
};

export type DeliveryOptions = typeof deliveryDefaults;

/** All attempts to send one event to one webhook. */
export interface Delivery {
	/** Undefined for deliverRaw. */
	event?: string;
	id?: unknown;
	url: string;
	/** Number of attempts. */
	tries: number;
	/** HTTP status of each attempt; null if there was no response. */
	statuses: Array<number | null>;
	/** Status of the last attempt; null before the first. */
	status: number | null;
	/** The body that was sent: parsed JSON, or text for deliverRaw. */
	body: unknown;
	/** 'dropped': all attempts failed. 'stopped': the webhook was removed or the sandbox closed. */
	state: 'pending' | 'delivered' | 'dropped' | 'stopped';
}

/** One event for one webhook. */
export interface WebhookMessage {
	url: string;
	event: string;
	id: unknown;
	body: string;
	/** How often the same event is delivered, regardless of the result. */
	times: number;
	/** Whether each is tried once only. */
	isTest?: boolean;
	/** Called before each attempt: returns false once the webhook was removed. */
	isActive(): boolean;
}

/**
 * Sends events to webhooks and retries until the receiver responds with 2xx (`docs/uphance.openapi.yaml: webhooks`).
 */
export class Deliveries {
	/** All deliveries since the start, in the order in which they were requested. */
	readonly log: Delivery[] = [];
	private readonly shutdown = new AbortController();
	private readonly pending = new Set<Promise<unknown>>();
	/** Calls that wait until fewer than `webhooksAtOnce` are in flight. */
	private readonly waiting: Array<() => void> = [];
	private inFlight = 0;
	private messageCount = 0;
	private duplicatesLeft = 0;
	private lostAnswersLeft = 0;

	constructor(private readonly options: DeliveryOptions) {
		setMaxListeners(0, this.shutdown.signal);
	}

	duplicateNext(times = 1): void {
		this.duplicatesLeft += times;
	}

	/** Loses the answers to the next calls; 1 by default. The receiver has answered, and gets the event again. */
	loseAnswers(times = 1): void {
		this.lostAnswersLeft += times;
	}

	/** Resolves when all copies of the message were delivered or dropped. */
	async send(message: WebhookMessage): Promise<Delivery[]> {
		const messageNumber = this.messageCount;
		this.messageCount += 1;
		// Spread evenly and not at random, so that the same events give the same duplicates.
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
			// One after another: the same event is never in flight twice.
			for (let copy = 0; copy < times; copy += 1) delivered.push(await this.deliver(message));
			return delivered;
		});
	}

	/** Sends a body once, without retries. @throws Error if the URL is not on this machine */
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

	/** Resolves when no call is in flight and no retry is pending. */
	async waitUntilIdle(): Promise<void> {
		while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
	}

	/** Aborts calls in flight and all retries. */
	stop(): void {
		this.shutdown.abort();
		for (const start of this.waiting.splice(0)) start();
	}

	private async deliver({ url, isTest, event, id, body, isActive }: WebhookMessage): Promise<Delivery> {
		const sent: unknown = JSON.parse(body);
		const delivery: Delivery = { event, id, url, tries: 0, statuses: [], status: null, body: sent, state: 'pending' };
		this.log.push(delivery);
		for (const delayMs of [0, ...(isTest ? [] : this.options.webhookRetry)]) {
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

	/** Sends one attempt. Returns true if the receiver responded with 2xx. */
	private async attempt(delivery: Delivery, body: string, headers: Record<string, string> = {}): Promise<boolean> {
		return await this.runLimited(async () => {
			const { signal } = this.shutdown;
			if (signal.aborted) return false;
			delivery.tries += 1;
			delivery.status = await callWebhook(delivery.url, body, headers, this.options.webhookTimeout, signal).catch(
				() => null,
			);
			if (this.lostAnswersLeft > 0) {
				this.lostAnswersLeft -= 1;
				delivery.status = null;
			}
			delivery.statuses.push(delivery.status);
			return delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
		});
	}

	/** Runs a task as soon as fewer than `webhooksAtOnce` are in flight, in the order of the calls. */
	private async runLimited<T>(task: () => Promise<T>): Promise<T> {
		if (this.inFlight >= this.options.webhooksAtOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.inFlight += 1;
		try {
			return await task();
		} finally {
			const next = this.waiting.shift();
			// The next task takes over this slot, so `inFlight` stays the same and no new call can slip in.
			if (next) next();
			else this.inFlight -= 1;
		}
	}

	private async sleep(milliseconds: number): Promise<void> {
		await wait(milliseconds, undefined, { signal: this.shutdown.signal }).catch(() => undefined);
	}

	/** Runs a task that `waitUntilIdle` waits for. */
	async track<T>(task: () => Promise<T>): Promise<T> {
		const promise = task();
		this.pending.add(promise);
		try {
			return await promise;
		} finally {
			this.pending.delete(promise);
		}
	}
}

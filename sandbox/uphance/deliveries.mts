import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { callWebhook } from './callWebhook.mts';
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
export interface Message {
	url: string;
	event: string;
	id: unknown;
	body: string;
	/** How often the very same is sent, whatever becomes of it. */
	times: number;
	/** Asked before each try: whether the webhook is still there. */
	isWanted(): boolean;
}

/** Sends events, again and again until one try is answered with 2xx (uphance-api.md 5.2). */
export class Deliveries {
	/** Everything sent since the start, in the order it was to be sent. */
	readonly log: Delivery[] = [];
	private readonly ending = new AbortController();
	private readonly pending = new Set<Promise<unknown>>();
	/** Those that wait for their turn. */
	private readonly queue: Array<() => void> = [];
	private underWay = 0;
	private messages = 0;
	private duplicates = 0;
	private lostAnswers = 0;

	constructor(private readonly options: DeliveryOptions) {
		setMaxListeners(0, this.ending.signal);
	}

	duplicateNext(times = 1): void {
		this.duplicates += times;
	}

	/** The answers to the next so many calls get lost on their way, so the same is delivered again. */
	loseAnswers(times = 1): void {
		this.lostAnswers += times;
	}

	/** Resolves when the message was delivered or given up, as often as it was to be sent. */
	async send(message: Message): Promise<Delivery[]> {
		const number = this.messages;
		this.messages += 1;
		// Shares are spread evenly, not by chance: the same events, the same duplicates.
		const isIn = (share: number) => Math.ceil((number + 1) * share) > Math.ceil(number * share);
		let times = message.times + (isIn(this.options.webhookDuplicates) ? 1 : 0);
		if (this.duplicates > 0) {
			this.duplicates -= 1;
			times += 1;
		}
		const isHeldBack = isIn(this.options.webhookReorder);
		return await this.watched(async () => {
			if (isHeldBack) await this.pause(this.options.webhookHeldBack);
			const sent: Delivery[] = [];
			// One after the other: no event is under way twice.
			for (let time = 0; time < times; time += 1) sent.push(await this.deliver(message));
			return sent;
		});
	}

	/** Sends any text once. @throws Error for an address that is not on this machine */
	async sendRaw(url: string, body: string, headers: Record<string, string> = {}): Promise<Delivery> {
		assertLoopback(url);
		const delivery: Delivery = { url, tries: 0, statuses: [], status: null, body, state: 'pending' };
		this.log.push(delivery);
		return await this.watched(async () => {
			const isDone = await this.try(delivery, body, headers);
			delivery.state = isDone ? 'delivered' : this.ending.signal.aborted ? 'stopped' : 'dropped';
			return delivery;
		});
	}

	/** Resolves when nothing is under way or waits for another try. */
	async done(): Promise<void> {
		while (this.pending.size > 0) await Promise.allSettled([...this.pending]);
	}

	/** Ends what is under way; nothing is sent any more. */
	stop(): void {
		this.ending.abort();
		for (const go of this.queue.splice(0)) go();
	}

	private async deliver({ url, event, id, body, isWanted }: Message): Promise<Delivery> {
		const sent: unknown = JSON.parse(body);
		const delivery: Delivery = { event, id, url, tries: 0, statuses: [], status: null, body: sent, state: 'pending' };
		this.log.push(delivery);
		for (const pause of [0, ...this.options.webhookRetry]) {
			if (delivery.tries > 0) await this.pause(pause);
			if (this.ending.signal.aborted || !isWanted()) break;
			if (await this.try(delivery, body)) {
				delivery.state = 'delivered';
				return delivery;
			}
		}
		delivery.state = this.ending.signal.aborted || !isWanted() ? 'stopped' : 'dropped';
		return delivery;
	}

	/** Whether it was answered with success. */
	private async try(delivery: Delivery, body: string, headers: Record<string, string> = {}): Promise<boolean> {
		return await this.inTurn(async () => {
			const { signal } = this.ending;
			if (signal.aborted) return false;
			delivery.tries += 1;
			delivery.status = await callWebhook(delivery.url, body, headers, this.options.webhookTimeout, signal).catch(
				() => null,
			);
			if (this.lostAnswers > 0) {
				this.lostAnswers -= 1;
				delivery.status = null;
			}
			delivery.statuses.push(delivery.status);
			return delivery.status !== null && delivery.status >= 200 && delivery.status < 300;
		});
	}

	/** Waits until fewer calls are under way than may be; first come, first served. */
	private async inTurn<T>(act: () => Promise<T>): Promise<T> {
		if (this.underWay >= this.options.webhooksAtOnce) await new Promise<void>((resolve) => this.queue.push(resolve));
		else this.underWay += 1;
		try {
			return await act();
		} finally {
			const next = this.queue.shift();
			// Who comes next takes the place over; nobody can get in between.
			if (next) next();
			else this.underWay -= 1;
		}
	}

	private async pause(milliseconds: number): Promise<void> {
		await wait(milliseconds, undefined, { signal: this.ending.signal }).catch(() => undefined);
	}

	private async watched<T>(act: () => Promise<T>): Promise<T> {
		const running = act();
		this.pending.add(running);
		try {
			return await running;
		} finally {
			this.pending.delete(running);
		}
	}
}

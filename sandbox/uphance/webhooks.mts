/** A webhook as users set it up in Uphance (Apps > Uphance API > New Webhook). The API has no request for it. */
export interface Webhook {
	url: string;
	/** Events to send; all by default. Whether Uphance lets users choose is unknown. */
	events?: string[];
	/** Id of the organisation whose events are sent; all by default. Whether Uphance separates them is unknown. */
	organisation?: number;
	/** Whether an event is sent once only, whatever the answer: n8n's Test URL answers 404 while nobody listens. */
	isTest?: boolean;
}

export class Webhooks {
	private registered: Webhook[] = [];
	private readonly removed = new WeakSet<Webhook>();

	/** @param findFurther returns webhooks that exist elsewhere at this moment; called for each event */
	constructor(private readonly findFurther: () => Promise<Webhook[]> = async () => await Promise.resolve([])) {}

	add(webhook: Webhook): void {
		assertLoopback(webhook.url);
		this.registered.push({ ...webhook });
	}

	remove(url: string): void {
		for (const webhook of this.registered) if (webhook.url === url) this.removed.add(webhook);
		this.registered = this.registered.filter((webhook) => webhook.url !== url);
	}

	list(): Webhook[] {
		return this.registered;
	}

	/** Returns whether a webhook was not removed. One that exists elsewhere cannot be removed here. */
	isActive(webhook: Webhook): boolean {
		return !this.removed.has(webhook);
	}

	/** Returns the webhooks for an event. An event without an organisation goes to all of them. */
	async for(event: string, organisation: number | undefined): Promise<Webhook[]> {
		const urls = this.registered.map(({ url }) => url);
		const further = (await this.findFurther()).filter(({ url }) => !urls.includes(url));
		for (const { url } of further) assertLoopback(url);
		return [...this.registered, ...further].filter(
			(webhook) =>
				(!webhook.events || webhook.events.includes(event)) &&
				(organisation === undefined || (webhook.organisation ?? organisation) === organisation),
		);
	}
}

/** Keeps simulated events on this machine. @throws Error if the URL is not a loopback address */
export function assertLoopback(url: string): void {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	const isLoopback =
		['localhost', '[::1]'].includes(host) || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host);
	if (!isLoopback) throw new Error(`The sandbox calls only this machine (http://localhost:…), not '${url}'.`);
}

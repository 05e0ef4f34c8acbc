/** A webhook as users set it up in Uphance (Apps > Uphance API > New Webhook). The API has no request for it. */
export interface Webhook {
	url: string;
	/** Events to send; all by default. Whether Uphance lets users choose is unknown. */
	events?: string[];
	/** Id of the organisation whose events are sent; all by default. Whether Uphance separates them is unknown. */
	organisation?: number;
}

export class Webhooks {
	private registered: Webhook[] = [];

	add(webhook: Webhook): void {
		assertLoopback(webhook.url);
		this.registered.push({ ...webhook });
	}

	remove(url: string): void {
		this.registered = this.registered.filter((webhook) => webhook.url !== url);
	}

	list(): Webhook[] {
		return this.registered;
	}

	/** Returns the webhooks for an event. An event without an organisation goes to all of them. */
	for(event: string, organisation: number | undefined): Webhook[] {
		return this.registered.filter(
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

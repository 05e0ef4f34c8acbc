/** A webhook as it is set up in Uphance (Apps > Uphance API > New Webhook): no request does it (uphance-api.md 5.1). */
export interface Webhook {
	url: string;
	/** The events it is called for; all unless told otherwise. Whether Uphance lets one choose is unknown. */
	events?: string[];
	/** Whose events; all organisations' unless told otherwise. Whether Uphance keeps them apart is unknown. */
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

	/** Those to call for an event; one of no known organisation is everybody's. */
	for(event: string, organisation: number | undefined): Webhook[] {
		return this.registered.filter(
			(webhook) =>
				(!webhook.events || webhook.events.includes(event)) &&
				(organisation === undefined || (webhook.organisation ?? organisation) === organisation),
		);
	}
}

/** Made-up events are for this machine only; Uphance itself calls https addresses only. @throws Error for all others */
export function assertLoopback(url: string): void {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	const isLoopback =
		['localhost', '[::1]'].includes(host) || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host);
	if (!isLoopback) throw new Error(`The sandbox calls only this machine (http://localhost:…), not '${url}'.`);
}

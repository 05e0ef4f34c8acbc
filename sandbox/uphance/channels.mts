import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { withOrganisation } from './withOrganisation.mts';
import type { Switches } from './switches.mts';

/** A name occurs once per currency: only the two together name a channel. */
export const channels = [
	{ id: 6933, name: 'Wholesale', currency: 'GBP' },
	{ id: 6934, name: 'Wholesale', currency: 'EUR' },
	{ id: 6935, name: 'Wholesale', currency: 'USD' },
	{ id: 6941, name: 'Retail', currency: 'EUR' },
	{ id: 6950, name: 'Online Store', currency: 'GBP' },
];

/** GET /channels, with the capital ID and without `meta` (uphance-api.md 4.2). */
export function serveChannels(app: FastifyInstance, accounts: Accounts, switches: Switches): void {
	app.get(
		'/channels',
		withOrganisation(accounts, switches, (organisation) => ({
			channels: (organisation ? channels : []).map(({ id, name, currency }) => ({
				channel_ID: id,
				channel_name: name,
				currency,
			})),
		})),
	);
}

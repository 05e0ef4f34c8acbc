import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { pickCyclic } from './pickCyclic.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

/** A name occurs once per currency, so name and currency together identify a channel. */
export const channels = [
	{ id: 6933, name: 'Wholesale', currency: 'GBP' },
	{ id: 6934, name: 'Wholesale', currency: 'EUR' },
	{ id: 6935, name: 'Wholesale', currency: 'USD' },
	{ id: 6941, name: 'Retail', currency: 'EUR' },
	{ id: 6950, name: 'Online Store', currency: 'GBP' },
];

export type Channel = (typeof channels)[number];

/** Returns the channel of the customer at an index of the list; undefined for some customers. */
export const getCustomerChannel = (index: number): Channel | undefined =>
	index % 13 === 12 ? undefined : pickCyclic(channels, index);

/** Serves the list without `meta` and with `channel_ID` spelled so (`docs/uphance.openapi.yaml: GET /channels`). */
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

import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { withOrganisation } from './withOrganisation.mts';
import type { Switches } from './switches.mts';

export const seasons = [
	{ id: 8105, name: 'UPHANCE2023' },
	{ id: 8210, name: 'AW24' },
	{ id: 8342, name: 'SS25' },
	{ id: 8490, name: 'AW25' },
];

/** GET /seasons, without `meta` (uphance-api.md 4.16). */
export function serveSeasons(app: FastifyInstance, accounts: Accounts, switches: Switches): void {
	app.get(
		'/seasons',
		withOrganisation(accounts, switches, (organisation) => ({ seasons: organisation ? seasons : [] })),
	);
}

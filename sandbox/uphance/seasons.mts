import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

export const seasons = [
	{ id: 8105, name: 'UPHANCE2023' },
	{ id: 8210, name: 'AW24' },
	{ id: 8342, name: 'SS25' },
	{ id: 8490, name: 'AW25' },
];

/** Serves the list without `meta` (`docs/uphance.openapi.yaml: GET /seasons`). */
export function serveSeasons(app: FastifyInstance, accounts: Accounts, switches: Switches): void {
	app.get(
		'/seasons',
		withOrganisation(accounts, switches, (organisation) => ({ seasons: organisation ? seasons : [] })),
	);
}

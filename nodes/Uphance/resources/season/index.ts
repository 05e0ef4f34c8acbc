import { loadTextOptions } from '../../methods/loadOptions';
import { getMany } from '../../operations/getMany';
import type { LoadOptions, Resource } from '../../operations/operation';
import type { RecordType } from '../../transport/recordType';

const recordType: RecordType = {
	path: '/seasons',
	listKey: 'seasons',
	singularKey: 'season',
	singular: 'season',
	plural: 'seasons',
	isUnpaginated: true,
};

/**
 * Fills the dropdown of seasons with their names: a sales order takes the name of the season.
 *
 * @throws NodeApiError or UserError if a request fails
 */
const getSeasons: LoadOptions = async function (limits) {
	return await loadTextOptions(this, limits, recordType, ({ name }) => name);
};

/** The resource Season (docs/uphance.openapi.yaml: GET /seasons). */
export const season: Resource = {
	option: { name: 'Season', value: 'season', description: 'Collections that products and orders belong to' },
	operations: [getMany({ recordType, filters: [] })],
	loadOptions: { getSeasons },
};

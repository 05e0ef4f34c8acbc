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
};

/** By name, which is what an order takes. */
const getSeasons: LoadOptions = async function (limits) {
	return await loadTextOptions(this, limits, recordType, ({ name }) => name);
};

/** uphance-api.md 4.16 */
export const season: Resource = {
	option: { name: 'Season', value: 'season', description: 'Collections that products and orders belong to' },
	operations: [getMany({ recordType, filters: [] })],
	loadOptions: { getSeasons },
};

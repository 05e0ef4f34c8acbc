import type { IDataObject } from 'n8n-workflow';
import { loadTextOptions } from '../../methods/loadOptions';
import { getMany } from '../../operations/getMany';
import type { LoadOptions, Resource } from '../../operations/operation';
import { isSameCode } from '../../output/values';
import type { RecordType } from '../../transport/recordType';

/** The list of channels has no pages (docs/uphance.openapi.yaml: GET /channels). */
const recordType: RecordType = {
	path: '/channels',
	listKey: 'channels',
	singularKey: 'channel',
	singular: 'channel',
	plural: 'channels',
	isUnpaginated: true,
};

const nameOf = ({ channel_name, name }: IDataObject): string => String(channel_name ?? name ?? '');

/**
 * Fills the dropdown of channel names. Lists each name once: channels with different currencies can share a name.
 *
 * @throws NodeApiError or UserError if a request fails
 */
const getChannelNames: LoadOptions = async function (limits) {
	return await loadTextOptions(this, limits, recordType, nameOf);
};

/**
 * Fills the dropdown of currencies with those of the channels that have the selected name. Lists all currencies if no
 * name is selected, or if the name is an expression.
 *
 * @throws NodeApiError or UserError if a request fails
 */
const getChannelCurrencies: LoadOptions = async function (limits) {
	const selected: unknown = this.getCurrentNodeParameter('additionalFields.channel_name');
	const isPlain = typeof selected === 'string' && selected !== '' && !selected.startsWith('=');
	return await loadTextOptions(this, limits, recordType, (record) =>
		!isPlain || isSameCode(nameOf(record), selected) ? record.currency : undefined,
	);
};

/** The resource Channel. */
export const channel: Resource = {
	option: { name: 'Channel', value: 'channel', description: 'Sales channel with one currency' },
	operations: [getMany({ recordType, filters: [] })],
	loadOptions: { getChannelNames, getChannelCurrencies },
};

import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { channel as kind, getChannelCurrencies, getChannelNames } from './channel';

/** GET /channels, a short list without pages (uphance-api.md 4.2). */
export const channel: Resource = {
	option: { name: 'Channel', value: 'channel', description: 'Where goods are sold, each in one currency' },
	operations: [getMany({ recordType: kind, filters: [] })],
	loadOptions: { getChannelNames, getChannelCurrencies },
};

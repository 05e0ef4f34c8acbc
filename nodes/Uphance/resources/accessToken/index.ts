import type { Resource } from '../../operations/operation';
import { revoke } from './revoke';

export const accessToken: Resource = {
	option: {
		name: 'Access Token',
		value: 'accessToken',
		description: 'What n8n signs in with; it is renewed by itself',
	},
	operations: [revoke],
};

import type { Resource } from '../../operations/operation';
import { create } from './create';

/** The resource Stock Operation. No request that reads stock operations is known (docs/uphance.openapi.yaml). */
export const stockOperation: Resource = {
	option: {
		name: 'Stock Operation',
		value: 'stockOperation',
		description: 'Movement of stock, such as a sale in another system',
	},
	operations: [create],
};

import type { Resource } from '../../operations/operation';
import { create } from './create';

export const stockOperation: Resource = {
	option: {
		name: 'Stock Operation',
		value: 'stockOperation',
		description: 'A movement of stock, such as a sale elsewhere',
	},
	operations: [create],
};

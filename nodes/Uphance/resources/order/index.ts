import type { Resource } from '../../operation/operation';
import { getAll } from './getAll';

export const order: Resource = {
	option: { name: 'Sales Order', value: 'order', description: 'What a customer ordered, with its lines and sizes' },
	operations: [getAll],
};

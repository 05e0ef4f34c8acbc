import type { Resource } from '../operation/operation';
import { order } from './order';

/** The Resource menu, by name. */
export const resources: Resource[] = [order];

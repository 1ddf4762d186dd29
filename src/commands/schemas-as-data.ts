import * as z from 'zod';

// A run checks each shape a few times. Turning schemas into code first, which zod does by default, takes 11 ms more than
// it saves; loaded before any schema is made.
z.config({ jitless: true });

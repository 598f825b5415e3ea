-- The tables that users make for themselves. Sluice's own tables stand in another schema.
CREATE SCHEMA IF NOT EXISTS "user_data";

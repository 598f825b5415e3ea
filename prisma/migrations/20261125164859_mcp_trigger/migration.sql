-- AlterEnum
ALTER TYPE "public"."Trigger" ADD VALUE 'mcp';

